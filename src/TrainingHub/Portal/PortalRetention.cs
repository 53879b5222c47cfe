using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal;

/// <summary>How long it is kept that somebody asked for a code to sign in.</summary>
internal static class PortalRetention
{
    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        new("sign-in-codes", "Codes to sign in with", "So that people see their bookings without a password", Period.Of(SignInCode.Life), "after they were asked for")
        {
            Job = nameof(PruneCodes), Rows = new("sign_in_codes", "expires_at <= @now"), ByRealTime = true,
        },
    ];
}
