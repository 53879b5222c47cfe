namespace TrainingHub.People.Pages;

/// <summary>What is said when a work account does not sign its person in.</summary>
/// <param name="Heading">On the page.</param>
/// <param name="Body">For whoever wants to sign in.</param>
/// <param name="ForIt">For whoever looks after the provider; null when it is nothing of theirs.</param>
internal sealed record WorkAccountWords(string Heading, string Body, string? ForIt = null)
{
    public static WorkAccountWords Of(WorkAccountRefusal refusal) => refusal switch
    {
        WorkAccountRefusal.NoGroup => new(
            "Your work account has no role here", "Your work account is right, but none of its groups has a role on this site. Ask an administrator of this site, or your IT team, to put you in a group that has one."),
        WorkAccountRefusal.TooManyGroups => new(
            "Your groups could not be read", "Your work account is in more groups than it can tell this site. Send your IT team the words below.",
            "The token names no groups, because there are more than fit (“groups overage”). In the app registration, under Token configuration, let the groups claim hold “Groups assigned to the application” and assign the groups to the application. Or create app roles and assign the groups to those."),
        WorkAccountRefusal.NoAddress => new(
            "Your work account has no email address", "This site could not open an account for you, because your work account gives no email address that it can use. Send your IT team the words below.",
            "The id token needs the claim “email”, or a “preferred_username” that is an email address. In Microsoft Entra ID add the optional claim “email” to the app registration."),
        WorkAccountRefusal.Closed => new("Your account is closed", "Your account on this site has been closed. Ask an administrator of this site to open it again."),
        WorkAccountRefusal.OfSomebodyElse => new(
            "Another work account is connected", "An account on this site has one work account, and a work account has one account. One of these two is connected to another one. Ask an administrator of this site to disconnect it."),
        WorkAccountRefusal.Unreachable => new(
            "Your work account cannot be reached", "The service that signs you in gives no answer at the moment. Nothing is wrong with your account. Try again in a few minutes."),
        WorkAccountRefusal.NotAccepted => new(
            "You are not signed in", "The sign-in was not finished: it was stopped, it took too long, or it began in another browser. Try again."),
        WorkAccountRefusal.NoRefreshToken => new(
            "Your work account cannot sign you in yet", "Something is missing in how your work account is set up for this site. Send your IT team the words below.",
            "The provider gave no refresh token. Allow the scope “offline_access” for this application: without it nobody would notice here that somebody has left."),
        WorkAccountRefusal.NotProved => new(
            "That did not show that it is you", "Sign in once more with the same work account when you are asked. Nothing has been done yet.",
            "For this the id token needs the claim “auth_time”, and the sign-in must be asked for anew (“prompt=login”). In Microsoft Entra ID add the optional claim “auth_time” to the app registration."),
        WorkAccountRefusal.UseWorkAccount => new(
            "Sign in with your work account", "Your account is connected to your work account, so your password and passkeys do not sign you in."),
        WorkAccountRefusal.AdministratorsOnly => new(
            "Sign in with your work account", "On this site only administrators sign in with a password, in an emergency."),
    };

    public static string InHistory(WorkAccountRefusal refusal) => refusal switch
    {
        WorkAccountRefusal.NoGroup => "no group has a role here",
        WorkAccountRefusal.TooManyGroups => "in too many groups to be told",
        WorkAccountRefusal.NoAddress => "no email address",
        WorkAccountRefusal.Closed => "the account is closed",
        WorkAccountRefusal.OfSomebodyElse => "connected otherwise",
        WorkAccountRefusal.Unreachable => "the provider gave no answer",
        WorkAccountRefusal.NotAccepted => "the answer was not accepted",
        WorkAccountRefusal.NoRefreshToken => "no refresh token",
        WorkAccountRefusal.NotProved => "not proved anew",
        WorkAccountRefusal.UseWorkAccount => "it is the only way to sign in, and another was tried",
        WorkAccountRefusal.AdministratorsOnly => "others than administrators have no other way to sign in",
    };
}
