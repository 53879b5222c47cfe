namespace TrainingHub.Desk;

/// <summary>
/// A picture of a screen in the help. <c>infra/screenshots.sh</c> takes them of the demonstration into wwwroot/help, so that they show
/// what the screens are.
/// </summary>
/// <param name="Name">Of the file, without its ending.</param>
/// <param name="Words">What it shows, for those who do not see it.</param>
/// <param name="From">The screen, or the list that leads to it.</param>
/// <param name="Link">How the address of a record on that list begins; the first is taken. Null when the screen is <paramref name="From"/> itself.</param>
/// <param name="After">What follows the record's address.</param>
internal sealed record HelpPicture(string Name, string Words, string From, string? Link = null, string After = "")
{
    /// <summary>Of each picture, in pixels.</summary>
    public const int Width = 1000;
    public const int Height = 640;

    public static readonly HelpPicture Today = new("today", "Today: a list of what to do, each line a link to the screen that does it, and the next dates", "/staff");
    public static readonly HelpPicture NewDates = new("new-dates", "The form of a new date: course, day, times, venue or online, places", "/staff/dates/new");
    public static readonly HelpPicture Register = new("register", "A register: each person with buttons for attended, part and absent", "/staff/dates?period=past", "/staff/dates/", "/register");
    public static readonly HelpPicture Search = new("search", "Search results in groups, each line with why it was found", "/staff/search?q=nursery");
    public static readonly HelpPicture Phone = new("phone", "Book for somebody: the places left, the price, who is coming", "/staff/dates", "/staff/dates/", "/book");
    public static readonly HelpPicture Booking = new("booking", "A booking’s page: buttons for each act, the people, the money", "/staff/bookings", "/staff/bookings/");
    public static readonly HelpPicture Message = new("message", "A message to everybody on a date: the subject, the text and the words that are filled in", "/staff/dates", "/staff/dates/", "/message");
    public static readonly HelpPicture Settings = new("settings", "Settings: the partnership, deadlines, colours and the lists of areas, sectors and toolkits", "/staff/settings");

    public static IReadOnlyList<HelpPicture> All { get; } = [Today, NewDates, Register, Search, Phone, Booking, Message, Settings];

    public string File => $"/help/{Name}.jpg";
}
