namespace TrainingHub.Emails;

/// <summary>What changed in how a member of staff signs in.</summary>
public enum SignInChange
{
    AppAdded,
    AppReplaced,
    CodesReplaced,
    CodeUsed,
    PasskeyAdded,
    PasskeyRemoved,
    WorkAccountConnected,
    WorkAccountDisconnected,

    /// <summary>All of it is taken away.</summary>
    Reset,
}
