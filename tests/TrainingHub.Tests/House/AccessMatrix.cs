using System.Text.RegularExpressions;

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

/// <summary>Who may call what. A page's line covers its GET and its POST handlers.</summary>
internal static partial class AccessMatrix
{
    public static readonly IReadOnlyDictionary<string, Access> Routes = new Dictionary<string, Access>
    {
        // Platform
        ["accessibility"] = Access.Public,
        ["contact"] = Access.Public,
        ["GET brand.css"] = Access.Public,
        ["GET logo"] = Access.Public,
        ["GET staff/settings/look.css"] = Access.Staff,
        ["GET staff/settings/look/logo"] = Access.Staff,
        ["cookies"] = Access.Public,
        ["opened/{**to}"] = Access.Public,
        ["privacy"] = Access.Public,
        ["terms"] = Access.Public,
        ["error/{code:int}"] = Access.Public,
        ["GET .well-known/security.txt"] = Access.Public,
        ["GET robots.txt"] = Access.Public,
        ["GET health/live"] = Access.Public,
        ["GET health/ready"] = Access.Public,
        ["GET {**path:file}"] = Access.Public,
        ["dev"] = Access.DemoOnly,
        ["dev/mail"] = Access.DemoOnly,
        ["dev/parts"] = Access.DemoOnly,
        ["dev/mail/{name}/{handler?}"] = Access.DemoOnly,
        ["emails/{token}"] = Access.PrivateLink,
        ["staff/jobs"] = Access.Staff,
        ["staff/emails"] = Access.Staff,
        ["staff/emails/{id:guid}"] = Access.Staff,
        ["staff/emails/again"] = Access.Staff,
        ["staff/dates/{run:guid}/message"] = Access.Staff,
        ["staff/messages"] = Access.Staff,
        ["staff/messages/bookings"] = Access.Staff,
        ["staff/messages/new"] = Access.Staff,
        ["staff/messages/{id:guid}"] = Access.Staff,
        ["staff/import"] = Access.Staff,
        ["staff/import/{upload:guid}"] = Access.Staff,
        ["staff/import/templates/{kind}.xlsx"] = Access.Staff,

        // People
        ["sign-in"] = Access.Public,
        ["sign-in/authenticator"] = Access.Public,
        ["sign-in/code"] = Access.Public,
        ["GET sign-in/work-account"] = Access.Public,
        ["GET sign-in/work-account/callback"] = Access.Public,
        ["GET sign-in/work-account/confirm"] = Access.Public,
        ["GET sign-in/work-account/connect"] = Access.Public,
        ["POST sign-in/work-account/signed-out"] = Access.Signed,
        ["sign-in/work-account/refused"] = Access.Public,
        ["sign-out"] = Access.Public,
        ["staff/account"] = Access.Staff,
        ["staff/account/authenticator"] = Access.Staff,
        ["staff/account/passkeys"] = Access.Staff,
        ["staff/account/passkeys/{id}"] = Access.Staff,
        ["staff/account/recovery-codes"] = Access.Staff,
        ["staff/confirm"] = Access.Staff,
        ["staff/kept/{id:guid}"] = Access.Staff,
        ["staff/undo/{id:guid}"] = Access.Staff,
        ["GET staff/session"] = Access.Staff,
        ["staff/staff"] = Access.Staff,
        ["staff/staff/{id:guid}"] = Access.Staff,
        ["staff/staff/{id:guid}/reset-sign-in"] = Access.Staff,
        ["choose-password/{user:guid}"] = Access.PrivateLink,
        ["choose-password/{user:guid}/{token}"] = Access.PrivateLink,
        ["GET dev/sign-in"] = Access.DemoOnly,
        ["POST dev/sign-in"] = Access.DemoOnly,

        // Catalogue
        [""] = Access.Public,
        ["courses"] = Access.Public,
        ["courses/{slug}"] = Access.Public,
        ["courses/{slug}/tell-me"] = Access.Public,
        ["dates/{run:guid}"] = Access.Public,
        ["offer/{year?}"] = Access.Public,
        ["GET offer.xlsx"] = Access.Public,
        ["GET offer/{year}.xlsx"] = Access.Public,
        ["programmes/{slug}"] = Access.Public,
        ["GET courses.ics"] = Access.Public,
        ["GET courses/{slug}.ics"] = Access.Public,
        ["GET feed.atom"] = Access.Public,
        ["GET sitemap.xml"] = Access.Public,
        ["GET openapi/v1.json"] = Access.Public,
        ["GET api/v1/courses"] = Access.Public,
        ["GET api/v1/dates"] = Access.Public,
        ["staff/courses"] = Access.Staff,
        ["staff/courses/tags"] = Access.Staff,
        ["staff/courses/{id}"] = Access.Staff,
        ["staff/fees"] = Access.Staff,
        ["staff/cancellation"] = Access.Staff,
        ["staff/programmes"] = Access.Staff,
        ["staff/programmes/{id}"] = Access.Staff,
        ["staff/providers"] = Access.Staff,
        ["staff/providers/{id}"] = Access.Staff,
        ["staff/providers/{provider:guid}/trainers/{id}"] = Access.Staff,
        ["staff/fees/payers/{id}"] = Access.Staff,
        ["staff/postcode-districts"] = Access.Staff,
        ["staff/search-words"] = Access.Staff,
        ["staff/search-words/{id}"] = Access.Staff,
        ["staff/school-holidays"] = Access.Staff,
        ["staff/school-holidays/{id}"] = Access.Staff,
        ["staff/venues"] = Access.Staff,
        ["staff/venues/{id}"] = Access.Staff,

        // FreePlaces
        ["free-places"] = Access.Public,
        ["free-places/apply"] = Access.Public,
        ["free-places/applied"] = Access.Public,
        ["staff/free-places/policies"] = Access.Staff,
        ["staff/free-places/policies/{id:guid}"] = Access.Staff,

        // Bookings
        ["dates/{run:guid}/book"] = Access.Public,
        ["dates/{run:guid}/book/dates"] = Access.Public,
        ["dates/{run:guid}/book/organisation"] = Access.Public,
        ["dates/{run:guid}/book/payment"] = Access.Public,
        ["dates/{run:guid}/book/check"] = Access.Public,
        ["dates/{run:guid}/book/unavailable"] = Access.Public,
        ["dates/{run:guid}/wait"] = Access.Public,
        ["waiting-list/{token}"] = Access.PrivateLink,
        ["b/{token}/{to?}"] = Access.PrivateLink,
        ["bookings/{reference}"] = Access.PrivateLink,
        ["bookings/{reference}/calendar.ics"] = Access.PrivateLink,
        ["bookings/{reference}/cancel"] = Access.PrivateLink,
        ["d/{place:guid}/{token}"] = Access.PrivateLink,
        ["places/{place:guid}/{handler?}"] = Access.PrivateLink,
        ["bookings/{reference}/choose-date"] = Access.PrivateLink,
        ["bookings/{reference}/move"] = Access.PrivateLink,
        ["bookings/{reference}/payment"] = Access.PrivateLink,
        ["bookings/{reference}/swap"] = Access.PrivateLink,
        ["bookings/{reference}/add"] = Access.PrivateLink,
        ["bookings/{reference}/names"] = Access.PrivateLink,
        ["staff/free-places"] = Access.Staff,
        ["staff/free-places/approve"] = Access.Staff,
        ["staff/free-places/{id:guid}"] = Access.Staff,
        ["staff/free-places/evidence/{id:guid}"] = Access.Staff,
        ["staff/free-places/awards"] = Access.Staff,
        ["staff/free-places/awards/{id:guid}"] = Access.Staff,
        ["free-places/a/{token}"] = Access.PrivateLink,
        ["free-places/application/{id:guid}"] = Access.PrivateLink,
        ["staff/waiting-lists"] = Access.Staff,
        ["staff/waiting-lists/{id:guid}"] = Access.Staff,

        // Payments
        ["b/{token}/invoice"] = Access.PrivateLink,
        ["bookings/{reference}/invoice"] = Access.PrivateLink,
        ["bookings/{reference}/paid"] = Access.PrivateLink,
        ["bookings/{reference}/pay"] = Access.PrivateLink,
        ["bookings/{reference}/pay-by-invoice"] = Access.PrivateLink,
        ["bookings/{reference}/receipt"] = Access.PrivateLink,
        ["POST stripe/webhook"] = Access.Signed,
        ["staff/invoices"] = Access.Staff,
        ["staff/invoices/paid"] = Access.Staff,
        ["staff/bank"] = Access.Staff,
        ["staff/bank/files/{id:guid}"] = Access.Staff,
        ["staff/bank/lines/{id:guid}"] = Access.Staff,
        ["staff/bank/read"] = Access.Staff,
        ["staff/charges"] = Access.Staff,
        ["staff/charges/raise"] = Access.Staff,
        ["staff/charges/waive"] = Access.Staff,
        ["staff/payments"] = Access.Staff,
        ["staff/payments/{id:guid}"] = Access.Staff,

        // Attendance
        ["staff/dates/{run:guid}/register"] = Access.Staff,
        ["staff/dates/{run:guid}/register/print"] = Access.Staff,
        ["staff/dates/{run:guid}/register/report"] = Access.Staff,

        ["here/{code}"] = Access.PrivateLink,
        ["staff/door"] = Access.Staff,
        ["staff/door/{run:guid}"] = Access.Staff,
        ["staff/door/{run:guid}/answers"] = Access.Staff,
        ["staff/door/{run:guid}/walk-in"] = Access.Staff,

        // Bookings, for staff
        ["staff/bookings"] = Access.Staff,

        // Surveys
        ["survey/{token}"] = Access.PrivateLink,
        ["survey/answer/{invitation:guid}"] = Access.PrivateLink,
        ["survey/thank-you/{invitation:guid}"] = Access.PrivateLink,
        ["survey/stop/{token}"] = Access.PrivateLink,
        ["staff/surveys"] = Access.Staff,
        ["staff/surveys/comments"] = Access.Staff,
        ["staff/surveys/comments/read"] = Access.Staff,
        ["staff/surveys/comments/{id:guid}/close"] = Access.Staff,

        // Reporting
        ["staff/history"] = Access.Staff,
        ["staff/audit"] = Access.Staff,
        ["staff/reports"] = Access.Staff,
        ["staff/reports/impact"] = Access.Staff,
        ["GET staff/reports/impact.csv"] = Access.Staff,
        ["GET staff/reports/impact.xlsx"] = Access.Staff,
        ["staff/reports/income"] = Access.Staff,
        ["GET staff/reports/income.csv"] = Access.Staff,
        ["GET staff/reports/income.xlsx"] = Access.Staff,
        ["staff/reports/programme"] = Access.Staff,
        ["GET staff/reports/programme.csv"] = Access.Staff,
        ["GET staff/reports/programme.xlsx"] = Access.Staff,
        ["staff/reports/take-up"] = Access.Staff,
        ["GET staff/reports/take-up.csv"] = Access.Staff,
        ["GET staff/reports/take-up.xlsx"] = Access.Staff,

        // Portal
        ["find-bookings"] = Access.Public,
        ["find-bookings/{id:guid}"] = Access.Public,
        ["my/bookings"] = Access.ByCode,
        ["my/organisations/{id:guid}"] = Access.ByCode,
        ["my/sign-out"] = Access.ByCode,
        ["my/training"] = Access.ByCode,
        ["my/training/{id:guid}"] = Access.ByCode,

        // Desk
        ["staff/settings"] = Access.Staff,
        ["staff/settings/partnership"] = Access.Staff,
        ["staff/settings/deadlines"] = Access.Staff,
        ["staff/settings/urgent"] = Access.Staff,
        ["staff/settings/texts"] = Access.Staff,
        ["staff/settings/texts/{text}"] = Access.Staff,
        ["staff/settings/notice"] = Access.Staff,
        ["staff/settings/look"] = Access.Staff,
        ["staff/settings/lists/{list}"] = Access.Staff,
        ["staff/settings/lists/{list}/{id}"] = Access.Staff,
        ["staff/settings/start"] = Access.Staff,
        ["staff/help"] = Access.Staff,
        ["staff/mail"] = Access.Staff,
        ["staff/organisations"] = Access.Staff,
        ["staff/organisations/{id:guid}"] = Access.Staff,
        ["staff/organisations/merge"] = Access.Staff,
        ["staff/organisations/show"] = Access.Staff,
        ["staff/organisations/new"] = Access.Staff,
        ["staff/organisations/similar"] = Access.Staff,
        ["staff/people"] = Access.Staff,
        ["staff/people/{id:guid}"] = Access.Staff,
        ["staff/data-requests"] = Access.Staff,
        ["staff/data-requests/new"] = Access.Staff,
        ["staff/data-requests/{id:guid}"] = Access.Staff,
        ["staff/data-requests/{id:guid}/find"] = Access.Staff,
        ["staff/data-requests/{id:guid}/copy"] = Access.Staff,
        ["staff/data-requests/{id:guid}/erase"] = Access.Staff,
        ["staff/data-requests/{id:guid}/answer"] = Access.Staff,
        ["staff/data-requests/{id:guid}/extend"] = Access.Staff,
        ["staff/people/merge"] = Access.Staff,
        ["staff/search"] = Access.Staff,
        ["staff/bookings/{reference}"] = Access.Staff,
        ["staff/bookings/{reference}/booker"] = Access.Staff,
        ["staff/bookings/{reference}/cancel"] = Access.Staff,
        ["staff/bookings/{reference}/payment"] = Access.Staff,
        ["staff/bookings/{reference}/people/{place:guid}"] = Access.Staff,
        ["staff/bookings/{reference}/people/{place:guid}/move"] = Access.Staff,
        ["staff/bookings/{reference}/add"] = Access.Staff,
        ["staff/dates"] = Access.Staff,
        ["staff/dates/{run:guid}"] = Access.Staff,
        ["staff/dates/{run:guid}/change"] = Access.Staff,
        ["staff/dates/{run:guid}/cancel"] = Access.Staff,
        ["staff/dates/new"] = Access.Staff,
        ["staff/dates/next-year"] = Access.Staff,
        ["staff/dates/calendar"] = Access.Staff,
        ["staff/dates/drafts"] = Access.Staff,
        ["staff/dates/publish"] = Access.Staff,
        ["staff/dates/{run:guid}/delete"] = Access.Staff,
        ["staff/dates/{run:guid}/book"] = Access.Staff,
        ["staff"] = Access.Staff,
    };

    /// <summary>An address that fits the pattern; what it names need not exist, since strangers are turned away first.</summary>
    public static string Example(string pattern) =>
        "/" + Parameter().Replace(pattern[(pattern.IndexOf(' ', StringComparison.Ordinal) + 1)..], match =>
            match.Value.Contains("guid", StringComparison.Ordinal) ? Guid.Empty.ToString()
            : match.Value.Contains("int", StringComparison.Ordinal) ? "1"
            : match.Value.EndsWith("?}", StringComparison.Ordinal) ? ""
            : "x");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
