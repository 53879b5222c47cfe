namespace TrainingHub.Platform.Web;

/// <summary>
/// Words of a public page that are the partnership's, with the words that stand there until it has its own. What the product keeps by
/// itself (fees, deadlines, what is paid back, how long data is held) is in none of them: those paragraphs follow from their rules.
/// </summary>
/// <param name="Key">In the address and in the name of the setting; never changes.</param>
/// <param name="Group">Under which its history is kept.</param>
/// <param name="Page">Where it stands.</param>
/// <param name="Standard">Safe Markdown with fields; empty where nothing stands until there is something to say.</param>
internal sealed record SiteText(string Key, SettingGroup Group, string Page, string Standard)
{
    public const int Length = 3000;

    public static readonly SiteText HomeAbout = Of("home-about", 1, "Home page: about you", "/", "");

    public static readonly SiteText FreePlaces = Of(
        "free-places", 2, "Free places: what you offer", "/free-places",
        "Charities and community interest companies (CICs) can apply for free places, so that everyone who works with children can have trusted safeguarding training.");

    public static readonly SiteText FreePlacesTerms = Of("free-places-terms", 3, "Free places: your conditions", "/free-places", "Applying is not a promise of a free place.");

    public static readonly SiteText Contact = Of("contact", 4, "Contact: what you can help with", "/contact", "We can help with courses, bookings, payments and certificates.");

    public static readonly SiteText PrivacyController = Of(
        "privacy-controller", 5, "Privacy notice: who is responsible", "/privacy",
        "This notice says what {partnership} holds about people who book, attend or manage training on this site. The body responsible in law (the “controller”) is {controller}. Its data protection officer is at {data protection email}.");

    public static readonly SiteText PrivacyBasis = Of(
        "privacy-basis", 6, "Privacy notice: why the law allows it", "/privacy",
        "We hold this because running multi-agency safeguarding training is a public task: Article 6(1)(e) of the UK GDPR, with the Children Act 2004 and the statutory guidance “Working Together to Safeguard Children”. Access needs may say something about your health; we use them only with your explicit consent, Article 9(2)(a).");

    public static readonly SiteText PrivacySharing = Of("privacy-sharing", 7, "Privacy notice: who else you share it with", "/privacy", "");

    public static readonly SiteText PrivacyComplaints = Of(
        "privacy-complaints", 8, "Privacy notice: complaints", "/privacy",
        "Tell us first: {data protection email} or {address}. You can also complain to the [Information Commissioner’s Office](https://ico.org.uk/make-a-complaint/), telephone 0303 123 1113.");

    public static readonly SiteText TermsAudience = Of(
        "terms-audience", 9, "Terms: who the courses are for", "/terms",
        "The courses are for people who work or volunteer with children and families. The page of each course says who it is meant for. We may ask whom you work for.");

    public static readonly SiteText TermsCancelling = Of(
        "terms-cancelling", 10, "Terms: your words about cancelling", "/terms", "Cancel as soon as you know that you cannot come. The place is then free for somebody else.");

    public static readonly SiteText TermsDay = Of(
        "terms-day", 11, "Terms: on the day", "/terms", "Please arrive in time: a trainer may have to turn away somebody who has missed an essential part.");

    public static readonly SiteText TermsComplaints = Of("terms-complaints", 12, "Terms: questions and complaints", "/terms", "Write to {email} or call {phone} ({hours}).");

    public static readonly SiteText AccessibilityContact = Of(
        "accessibility-contact", 13, "Accessibility statement: whom to ask", "/accessibility",
        """
        If you need information in another form, such as large print, easy read or a telephone call, or if you find a problem that is not listed here, contact us:

        - email {email}
        - call {phone} ({hours})
        - write to {partnership}, {address}

        We will answer within 10 working days.
        """);

    public static IReadOnlyList<SiteText> All { get; } =
    [
        HomeAbout, FreePlaces, FreePlacesTerms, Contact, PrivacyController, PrivacyBasis, PrivacySharing, PrivacyComplaints,
        TermsAudience, TermsCancelling, TermsDay, TermsComplaints, AccessibilityContact,
    ];

    public string Name => Group.Name;

    /// <summary>Nothing stands there unless the partnership says something.</summary>
    public bool IsOptional => Standard.Length == 0;

    public string Setting => $"Site:Texts:{Key}";

    public static SiteText? Find(string? key) => All.FirstOrDefault(text => text.Key == key);

    private static SiteText Of(string key, int number, string name, string page, string standard) =>
        new(key, new SettingGroup(new Guid($"5e771195-0000-7000-8000-0000000001{number:00}"), name), page, standard.ReplaceLineEndings("\n"));
}
