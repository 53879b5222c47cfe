namespace TrainingHub.Emails;

/// <summary>To somebody who may see from now on, or once they accept, how the people of an organisation are trained.</summary>
/// <param name="Organisation">Its name.</param>
/// <param name="IsApproved">By the training team, so that nothing has to be accepted; else a colleague invites them.</param>
/// <param name="InvitedForDays">How long an invitation waits.</param>
/// <param name="SignInUrl">Where to sign in.</param>
public sealed record TrainingLeadEmail(string Organisation, bool IsApproved, int InvitedForDays, string SignInUrl) : IEmailMessage
{
    public string Subject => IsApproved ? $"You can see the training of {Organisation}" : $"You are invited to see the training of {Organisation}";

    public string KeptSubject => IsApproved ? "You can see the training of an organisation" : "You are invited to see the training of an organisation";
}
