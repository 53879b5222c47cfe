namespace TrainingHub.Tests.House;

internal enum Access
{
    /// <summary>Anybody.</summary>
    Public,

    /// <summary>Anybody who has the private link, which is part of the address or was followed before.</summary>
    PrivateLink,

    /// <summary>Whoever signed in with a code that was mailed to their address, about what belongs to that address.</summary>
    ByCode,

    /// <summary>Signed-in staff.</summary>
    Staff,

    /// <summary>Machines that prove themselves by a signature.</summary>
    Signed,

    /// <summary>Anybody, but only in Demo.</summary>
    DemoOnly,
}
