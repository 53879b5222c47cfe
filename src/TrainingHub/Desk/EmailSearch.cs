using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Desk;

/// <summary>What staff look for among the emails; the page and its files ask the same.</summary>
/// <param name="Words">Parts of a name, of an address, of a subject, or a booking's reference; each word has to be found.</param>
/// <param name="Kind">A name in the catalogue.</param>
/// <param name="State">The key of one of <see cref="States"/>.</param>
/// <param name="Sort">A column of the list, with a minus before it for the opposite order.</param>
/// <param name="Batch">Of one message to many.</param>
internal sealed record EmailSearch(string? Words, string? Kind, string? State, string? Sort, Guid? Batch)
{
    public const int LongestWords = 100;
    public const string NotDelivered = "NotDelivered";

    private const int MostWords = 6;

    /// <summary>What the list can be narrowed to, by its word in the address.</summary>
    public static readonly IReadOnlyList<(string Key, string Words, IReadOnlyList<EmailState> States)> States =
    [
        ("", "All", Enum.GetValues<EmailState>()),
        (NotDelivered, "Did not arrive", EmailStates.NotDelivered),
        .. Enum.GetValues<EmailState>().Select(state => (state.ToString(), EmailWords.State(state), (IReadOnlyList<EmailState>)[state])),
    ];

    /// <summary>In the words of the page, in their order.</summary>
    public static readonly IReadOnlyList<string> Kinds = [.. EmailCatalogue.All.Select(kind => kind.Name).Order(StringComparer.Ordinal)];

    public IReadOnlyList<EmailState> InStates => States.FirstOrDefault(one => one.Key == State, States[0]).States;

    /// <summary>In every state.</summary>
    public IQueryable<OutgoingEmail> Of(TrainingHubDb db)
    {
        var found = db.OutgoingEmails.AsNoTracking();
        if (Kinds.Contains(Kind))
        {
            found = found.Where(email => email.Kind == Kind);
        }

        if (Batch is { } batch)
        {
            found = found.Where(email => email.BatchId == batch);
        }

        return Words is { Length: > LongestWords } ? found.Where(_ => false)
            : (Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Aggregate(found, (left, word) => With(db, left, word));
    }

    public IOrderedQueryable<OutgoingEmail> Sorted(IQueryable<OutgoingEmail> emails) => (Sort switch
    {
        "subject" => emails.OrderBy(email => email.Subject),
        "-subject" => emails.OrderByDescending(email => email.Subject),
        "to" => emails.OrderBy(email => email.ToAddress),
        "-to" => emails.OrderByDescending(email => email.ToAddress),
        "about" => emails.OrderBy(email => email.About),
        "-about" => emails.OrderByDescending(email => email.About),
        "state" => emails.OrderBy(email => email.State),
        "-state" => emails.OrderByDescending(email => email.State),
        "written" => emails.OrderBy(email => email.CreatedAt),
        _ => emails.OrderByDescending(email => email.CreatedAt),
    }).ThenByDescending(email => email.CreatedAt).ThenByDescending(email => email.Id);

    // An email knows an address, and people, bookings and waiting lists whose that is.
    private static IQueryable<OutgoingEmail> With(TrainingHubDb db, IQueryable<OutgoingEmail> emails, string word)
    {
        var (part, name) = (Likeness.Part(word), PersonKey.NameOf(word));
        var ofPerson = db.Database.SqlQuery<Guid>(
            $"""
            select email.id as "Value"
            from outgoing_emails email
            where lower(email.to_address) in (
                select email_key from people where position({name} in name_key) > 0
                union all
                select email_key from waiting_list_entries where position({name} in name_key) > 0
                union all
                select lower(booker_email) from bookings where booker_email is not null and position({name} in name_key(booker_name)) > 0
            )
            """);
        return emails.Where(email =>
            EF.Functions.ILike(email.ToAddress, part) || EF.Functions.ILike(email.Subject, part) || EF.Functions.ILike(email.About!, part)
            || ofPerson.Contains(email.Id));
    }
}
