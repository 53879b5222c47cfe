using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// Where a visitor is on the way to a booking: the date, and what was typed so far if anything was. Answers that have become
/// a booking count as none, so that the next booking starts afresh; BookedMark is their <see cref="BookingAnswers.Mark"/>. Offer is what the
/// waiting list has offered to who books, while it lasts.
/// </summary>
internal sealed record JourneyState(DateLine Run, Guid? BookingId, BookingAnswers? Answers, BookedBooking? Booked, string? BookedMark = null, PlacesOffered? Offer = null)
{
    public bool IsFree => Run.Price?.IsFree == true;

    /// <summary>What is left for who books; everything, as long as their sector is not known.</summary>
    public int LeftAt(DateTimeOffset now) => Run.LeftFor(Answers?.SectorId ?? Run.HeldBackForId, now) + (Offer?.Places ?? 0);
}

/// <summary>
/// Keeps the answers between the pages of the booking form: a row for 24 hours, found by a cookie that is set with the first
/// answer and never by looking.
/// </summary>
internal sealed class BookingJourney(
    NpgsqlDataSource database, SaveDraft saveDraft, PageCache cache, TimeProvider clock, IHostEnvironment environment, IOptions<CardPaymentOptions> cards,
    IOptions<RateLimitOptions> limits)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public bool AreCardsOffered => cards.Value.AreOffered;

    /// <returns>Null when there is no such date.</returns>
    public async Task<JourneyState?> FindAsync(HttpContext http, Guid runId, CancellationToken ct) =>
        await ReadAsync(http, runId, ct) is { } state ? await PricedAsync(state, ct) : null;

    /// <summary>The same at the price of who books, as soon as they said where they work.</summary>
    public async Task<JourneyState> PricedAsync(JourneyState state, CancellationToken ct)
    {
        if (state.Run.ClassPrices is null || state.Answers is not { SectorId: { } sector, AreaId: { } area })
        {
            return state;
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        return state with { Run = state.Run with { PayerClassId = await PayerClasses.OfAsync(connection, sector, area, ct) } };
    }

    private async Task<JourneyState?> ReadAsync(HttpContext http, Guid runId, CancellationToken ct)
    {
        if (await RunAsync(runId, ct) is not { } run)
        {
            return null;
        }

        if (Key(http) is not { } key)
        {
            return new(run, null, null, null);
        }

        await using var command = database.CreateCommand(
            """
            select draft.booking_id, draft.answers, booking.reference, booking.state, booking.payment_method, entry.id, entry.places_wanted, entry.offered_until
            from booking_drafts draft
            left join bookings booking on booking.id = draft.booking_id
            left join waiting_list_entries entry on entry.id = (draft.answers ->> 'Waiting')::uuid
                and entry.run_id = draft.run_id
                and entry.state = 'Offered'
                and entry.offered_until > $3
            where draft.key_hash = $1
              and draft.run_id = $2
              and draft.expires_at > $3
            """);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = key.Hash });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = runId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
        await using var draft = await command.ExecuteReaderAsync(ct);
        return !await draft.ReadAsync(ct) ? new(run, null, null, null)
            : draft.IsDBNull(2) ? new(run, draft.GetGuid(0), BookingAnswers.Read(draft.GetString(1)), null,
                Offer: draft.IsDBNull(5) ? null : new(draft.GetGuid(5), draft.GetInt32(6), draft.GetFieldValue<DateTimeOffset>(7)))
            : new(run, null, null, new(
                draft.GetGuid(0), draft.GetString(2), Enum.Parse<BookingState>(draft.GetString(3)), Enum.Parse<PaymentMethod>(draft.GetString(4))),
                BookingAnswers.Read(draft.GetString(1)).Mark());
    }

    public async Task SaveAsync(HttpContext http, JourneyState state, BookingAnswers answers, CancellationToken ct)
    {
        var key = Key(http);
        if (key is null)
        {
            key = SecretToken.New();
            http.Response.Cookies.Append(CookieName, key.Value.Value, CookieFor(http));
        }

        var (now, written) = (clock.GetUtcNow(), answers.Write());
        await saveDraft.RunAsync(
            new BookingDraft
            {
                KeyHash = key.Value.Hash,
                RunId = state.Run.Id,
                BookingId = state.BookingId ?? Guid.CreateVersion7(now),
                Answers = written,
                ExpiresAt = now + Life,
                NetworkHash = VisitorOf(http)?.NetworkHash,
                Bytes = Encoding.UTF8.GetByteCount(written),
            },
            ct);
    }

    /// <summary>Null when nothing is limited.</summary>
    public Visitor? VisitorOf(HttpContext http) => limits.Value.Enabled
        ? Visitor.Of(Key(http)?.Value ?? "", RateLimits.BucketOf(http.Connection.RemoteIpAddress))
        : null;

    /// <summary>The first page that still asks something; the check page when nothing is open.</summary>
    public string NextPage(JourneyState state, BookingAnswers answers)
    {
        if (!answers.HasPeople)
        {
            return CatalogueUrls.Book(state.Run.Id);
        }

        if (!answers.HasOrganisation)
        {
            return BookingUrls.Organisation(state.Run.Id);
        }

        return answers.HasPayment(state.IsFree, AreCardsOffered) ? BookingUrls.Check(state.Run.Id) : BookingUrls.Payment(state.Run.Id);
    }

    /// <summary>
    /// Where to send somebody whom the date cannot take; null when it can. Until the sector is typed, places that are held back for one count.
    /// </summary>
    public string? DetourFor(JourneyState state, int people) =>
        state.Run.IsOpenAt(clock.GetUtcNow())
            && state.LeftAt(clock.GetUtcNow()) >= Math.Max(1, people) ? null : BookingUrls.Unavailable(state.Run.Id);

    // A date that is not among those remembered may have begun, be cancelled or be a moment old: then everything is asked. One of a
    // course that is not public is not there.
    private async Task<DateLine?> RunAsync(Guid runId, CancellationToken ct) =>
        (await LiveDates.ReadAsync(cache, clock)).Find(runId) ?? (await AskRunAsync(runId, ct) is { IsPublic: true } run ? run : null);

    /// <summary>The date as the table has it at this moment, for who was just told that it is not as shown.</summary>
    public async Task<DateLine?> AskRunAsync(Guid runId, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await BookableRuns.FindAsync(connection, runId, ct);
    }

    private SecretToken? Key(HttpContext http) =>
        http.Request.Cookies.TryGetValue(CookieName, out var key) && key.Length == 22 ? new SecretToken(key) : null;

    private string CookieName => SiteCookies.Name("booking", environment);

    private CookieOptions CookieFor(HttpContext http)
    {
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = Life };
        SiteCookies.Harden(cookie, "booking", environment);
        return cookie.Build(http);
    }

    public Task<BookingLists> ListsAsync() => cache.GetAsync(async lists => new BookingLists(
        await lists.Sectors.Where(sector => sector.ArchivedAt == null).OrderBy(sector => sector.SortOrder).Select(sector => new Listed(sector.Id, sector.Name)).ToListAsync(),
        await lists.Areas.Where(area => area.ArchivedAt == null).OrderBy(area => area.SortOrder).Select(area => new Listed(area.Id, area.Name)).ToListAsync()));
}

internal sealed record Listed(Guid Id, string Name);

internal sealed record BookingLists(IReadOnlyList<Listed> Sectors, IReadOnlyList<Listed> Areas);
