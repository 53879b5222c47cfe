namespace TrainingHub.Tests.House;

/// <summary>A promise about who reaches what, and the classes of tests that show it.</summary>
/// <param name="Id">By which it is named elsewhere.</param>
/// <param name="Words">In a sentence.</param>
/// <param name="ShownBy">Classes of tests; none where it is open.</param>
/// <param name="Open">What is not so, or does not apply.</param>
internal sealed record AccessPromise(string Id, string Words, IReadOnlyList<string> ShownBy, string? Open = null);

/// <summary>All of them; the table in the People room's README is made of this.</summary>
internal static class AccessPromises
{
    public static readonly IReadOnlyList<AccessPromise> All =
    [
        new("A-01", "Every route, verb and role has a declared answer", ["AccessMatrixTests", "StaffAccessTests"]),
        new("A-02", "A staff page that names no right keeps the application from starting", ["StaffAreaTests", "StaffAccessTests"]),
        new("A-03", "Somebody else's id is the same 404 as one that there is not", ["ForeignIdsTests", "PortalIdsTests", "DoorTests", "StaffRolesTests", "PasskeyTests"]),
        new("A-04", "Nothing of one partnership is seen by another", [], "does not apply: an installation serves one partnership"),
        new("A-05", "Row-level security between partnerships", [], "does not apply: an installation serves one partnership"),
        new("A-06", "A role reads no field that it is not for", ["FieldsByRoleTests", "StaffRolesTests"]),
        new("A-07", "A register names people to its own trainer from 24 hours before to 7 days after, and is marked by them from the day on until it is closed", ["DoorTests", "DoorRaceTests", "DoorCodeTests"],
            "staff who run bookings correct it later without giving a reason"),
        new("A-08", "Certificates can be checked and not guessed", ["CertificatePagesTests", "CertificateTests"]),
        new("A-09", "Links are 128 random bits, stored as a hash, and a GET uses none up", ["ForeignIdsTests", "StoredLinksTests", "PrivateAccessTests", "SurveyPageTests"]),
        new("A-10", "A link opens what it was made for; one that was replaced is dead", ["ForeignIdsTests", "SurveyPageTests", "DelegatePageTests"]),
        new("A-11", "Staff sign in with two factors, and prove again for what cannot be taken back", ["SecondFactorTests", "PasskeyTests", "RecoveryTests", "StepUpTests", "StepUpListTests", "SignInJourneyTests"]),
        new("A-12", "No form tells who is known", ["EnumerationTests", "SignInHistoryTests", "StrangerTests", "SignInByCodeTests"]),
        new("A-13", "Guessing is bounded on all nodes together, and a stranger shuts nobody out", ["SignInLimitsTests", "TriesTests", "SignInByCodeTests", "SignInCodeRaceTests"]),
        new("A-14", "A session ends when it is idle, after twelve hours, and with the account or its roles", ["SignInTests", "OwnSessionsTests", "StaffRolesTests", "StaffAccountTests", "SessionTests"]),
        new("A-15", "What changes something wants its form's token, and looking changes nothing", ["CrossSiteTests", "SignInTests"]),
        new("A-16", "Every answer carries the security headers", ["EveryAnswerTests", "SecurityHeadersTests", "ProductionTests"]),
        new("A-17", "Cookies are hard, and public pages set none before a form", ["EveryAnswerTests", "PublicPagesTests", "ProductionTests"]),
        new("A-18", "The application's own database role changes no table and no history", ["HistoryRightsTests", "StoredLinksTests"]),
        new("A-19", "What was done, taken or refused is one line that nobody can change unseen", ["HistoryChainTests", "AuditTests", "RefusedActsTests", "SignInHistoryTests", "HistoryCanaryTests"]),
        new("A-20", "Logs hold nothing about people, and no line that a stranger wrote", ["LogCanaryTests", "TypedSecretTests", "SurveyLogTests", "RefusalLogTests"]),
    ];
}
