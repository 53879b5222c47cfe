namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>What the lead does about a concern with words of their own.</summary>
internal enum ConcernAct
{
    Note,
    Refer,
    Close,
    Reopen,
    Withdraw,
    Lift,
    Identify,
}

/// <summary>The page of one act.</summary>
/// <param name="Act"></param>
/// <param name="Link">On the concern's page.</param>
/// <param name="Before">What it does, before it is done.</param>
/// <param name="Label">Of the box; null when nothing is asked.</param>
/// <param name="Hint"></param>
/// <param name="Missing">When the box is empty.</param>
/// <param name="Most">Characters of the box.</param>
/// <param name="Done">Once it is done.</param>
internal sealed record ConcernActWords(ConcernAct Act, string Link, string Before, string? Label, string? Hint, string Missing, int Most, string Done)
{
    public static IReadOnlyList<ConcernActWords> All { get; } =
    [
        new(ConcernAct.Note, "Write a note", "Only those with the role “Safeguarding lead” read it. A note is not changed afterwards.", "Note", null, "Enter the note", ConcernNote.TextLength, "The note is kept"),
        new(ConcernAct.Refer, "Record a referral", "Only the number under which another agency has it. Do not copy what the referral says.", "Reference of the referral", "For example the number that the front door or the LADO gave you.", "Enter the reference", Concern.ReferralLength, "The reference is kept"),
        new(ConcernAct.Close, "Close it", "The text and its answer stay held until you lift the hold. A closed concern can be opened again.", "What was done?", "For example “Talked to the local authority’s duty team; they have it.” Only those with the role “Safeguarding lead” read it.", "Enter what was done", Concern.OutcomeLength, "The concern is closed"),
        new(ConcernAct.Reopen, "Open it again", "It is yours then. What was said to have been done becomes a note. If its hold was lifted, the text is held again, and its answer as far as it is still linked.", null, null, "", 0, "The concern is open again"),
        new(ConcernAct.Withdraw, "Withdraw it", "For a concern that was raised by mistake. The text goes back to the comments, as read, where others read it again. Nothing is held any more.", "Why was it a mistake?", "Only those with the role “Safeguarding lead” read it.", "Enter why it was a mistake", Concern.ReasonLength, "The concern is withdrawn"),
        new(ConcernAct.Lift, "Lift the legal hold", "From then on the answer is unlinked and erased like any other, when its time comes. After that nobody can find out who wrote it.", "Why is it not needed any more?", "Only those with the role “Safeguarding lead” read it.", "Enter why it is not needed any more", Concern.ReasonLength, "The hold is lifted"),
        new(ConcernAct.Identify, "Ask who wrote it", "Somebody else who reads comments decides, and sees your reason. If they agree you may look for seven days. Each look is recorded.", "Why do you need to know?", "Name nobody and repeat nothing of the text: whoever decides may not have read it.", "Enter why you need to know", IdentityRequest.ReasonLength, "Asked. Somebody else who reads comments now decides; it stands on their page Today"),
    ];

    /// <summary>In the address.</summary>
    public string Key => Act.ToString().ToLowerInvariant();

    public bool TakesAway => Act is ConcernAct.Withdraw or ConcernAct.Lift;

    public bool Fits(Concern concern) => Act switch
    {
        ConcernAct.Note or ConcernAct.Identify => concern.State != ConcernState.Withdrawn,
        ConcernAct.Refer => concern.State is ConcernState.Acknowledged or ConcernState.Closed,
        ConcernAct.Close => concern.State == ConcernState.Acknowledged,
        ConcernAct.Reopen => concern.State == ConcernState.Closed,
        ConcernAct.Withdraw => concern.IsOpen,
        ConcernAct.Lift => concern.State == ConcernState.Closed && concern.IsHeld,
    };
}
