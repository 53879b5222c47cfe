using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// Keeps the answers between the pages of the booking form: a row for 24 hours, found by a cookie that is set with the first
/// answer and never by looking.
/// </summary>
internal sealed class BookingJourney(
    NpgsqlDataSource database, SaveDraft saveDraft, PageCache cache, TimeProvider clock, IHostEnvironment environment, IOptions<CardPaymentOptions> cards,
    IOptions<RateLimitOptions> limits, PrivateAccess access)
{

    public bool AreCardsOffered => cards.Value.AreOffered;

    /// <returns>Null when there is no such date.</returns>
    public async Task<JourneyState?> FindAsync(HttpContext http, Guid runId, CancellationToken ct) =>
        await ReadAsync(http, runId, ct) is { } state ? await PricedAsync(state, ct) : null;

    /// <summary>The same with the prices of whole programmes, and at the price of who books, as soon as they said where they work.</summary>
    public async Task<JourneyState> PricedAsync(JourneyState state, CancellationToken ct)
    {
        if (state.IsOneDate && state.Run.ClassPrices is null && state.Dates[0].ClassPrices is null)
        {
            return state;
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        state = state with { Wholes = await WholePrices.ReadAsync(connection, [.. state.Dates.Select(date => date.Id)], ct) };
        if (state.Answers is not { SectorId: { } sector, AreaId: { } area } || (state.Wholes.Count == 0 && state.Dates.All(date => date.ClassPrices is null)))
        {
            return state;
        }

        var payer = await PayerClasses.OfAsync(connection, sector, area, ct);
        return state with { Run = state.Run with { PayerClassId = payer }, Dates = [.. state.Dates.Select(date => date with { PayerClassId = payer })] };
    }

    private async Task<JourneyState?> ReadAsync(HttpContext http, Guid runId, CancellationToken ct)
    {
        if (await RunAsync(runId, ct) is not { } run)
        {
            return null;
        }

        if (Key(http) is not { } key || await DraftAsync(http, key, run, ct) is not { } state)
        {
            return new(run, null, null, null);
        }

        return state.Answers is { Dates: not null } answers ? state with { Dates = await DatesAsync(run, answers, ct) } : state;
    }

    /// <returns>Null when nothing was typed for this date.</returns>
    private async Task<JourneyState?> DraftAsync(HttpContext http, SecretToken key, DateLine run, CancellationToken ct)
    {
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
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = run.Id });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
        await using var draft = await command.ExecuteReaderAsync(ct);
        if (!await draft.ReadAsync(ct))
        {
            return null;
        }

        var answers = BookingAnswers.Read(draft.GetString(1));
        if (!draft.IsDBNull(2))
        {
            return new(run, null, null, new(
                draft.GetGuid(0), draft.GetString(2), Enum.Parse<BookingState>(draft.GetString(3)), Enum.Parse<PaymentMethod>(draft.GetString(4))), answers.Mark());
        }

        // What adds people to a booking shows who made that one: only as long as this browser may see it.
        return answers.AddedToId is { } booking && !access.IsGranted(http, Booking.LinkPurpose, booking) ? null
            : new(run, draft.GetGuid(0), answers, null, Offer: draft.IsDBNull(5) ? null : new(draft.GetGuid(5), draft.GetInt32(6), draft.GetFieldValue<DateTimeOffset>(7)));
    }

    /// <summary>The dates of an order in the order in which they begin. One that is no longer there for visitors is left out, unless none is left.</summary>
    private async Task<IReadOnlyList<DateLine>> DatesAsync(DateLine run, BookingAnswers answers, CancellationToken ct)
    {
        var dates = new List<DateLine>();
        foreach (var id in answers.RunIds(run.Id))
        {
            if ((id == run.Id ? run : await RunAsync(id, ct) ?? await AskRunAsync(id, ct)) is { } date)
            {
                dates.Add(date);
            }
        }

        return dates.Count == 0 ? [run] : [.. dates.OrderBy(date => date.StartsAt).ThenBy(date => date.Id)];
    }

    /// <summary>Other orders that this browser has begun and not booked, the last typed first, by the dates on which they were begun.</summary>
    public async Task<IReadOnlyList<JourneyState>> OthersAsync(HttpContext http, Guid runId, CancellationToken ct)
    {
        if (Key(http) is not { } key)
        {
            return [];
        }

        var begun = new List<Guid>();
        await using (var command = database.CreateCommand(
            """
            select draft.run_id
            from booking_drafts draft
            where draft.key_hash = $1
              and draft.run_id <> $2
              and draft.expires_at > $3
              and not exists (select from bookings where bookings.id = draft.booking_id)
            order by draft.expires_at desc
            limit 3
            """))
        {
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = key.Hash });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = runId });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                begun.Add(rows.GetGuid(0));
            }
        }

        var others = new List<JourneyState>();
        foreach (var run in begun)
        {
            if (await FindAsync(http, run, ct) is { Answers: { Dates.Count: < Booking.MaxDates } or { Dates: null } } other)
            {
                others.Add(other);
            }
        }

        return others;
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
                ExpiresAt = now + BookingDraft.Life,
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
        if (!answers.HasPeople || state.Dates.Any(date => answers.PlacesOn(date.Id) == 0))
        {
            return CatalogueUrls.Book(state.Run.Id);
        }

        if (PrerequisitesOfOrder.AreOpen(answers, state.Dates))
        {
            return BookingUrls.Before(state.Run.Id);
        }

        if (!answers.HasOrganisation)
        {
            return BookingUrls.Organisation(state.Run.Id);
        }

        return answers.HasPayment(state.IsFree, AreCardsOffered) ? BookingUrls.Check(state.Run.Id) : BookingUrls.Payment(state.Run.Id);
    }

    /// <summary>
    /// Where to send somebody whom a date of the order cannot take; null when all can. Until the sector is typed, places that are held back for
    /// one count.
    /// </summary>
    public string? DetourFor(JourneyState state) => DetourFor(state, date => state.Answers?.PlacesOn(date.Id) ?? 1);

    /// <summary>The same while fewer people may still be chosen: each date has a place.</summary>
    public string? DetourForOne(JourneyState state) => DetourFor(state, _ => 1);

    private string? DetourFor(JourneyState state, Func<DateLine, int> places)
    {
        var now = clock.GetUtcNow();
        return state.Dates.All(date => date.IsOpenAt(now) && state.LeftOn(date, now) >= Math.Max(1, places(date))) ? null : BookingUrls.Unavailable(state.Run.Id);
    }

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
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = BookingDraft.Life };
        SiteCookies.Harden(cookie, "booking", environment);
        return cookie.Build(http);
    }

    public Task<BookingLists> ListsAsync() => cache.GetAsync(async lists => new BookingLists(
        await lists.Sectors.Where(sector => sector.ArchivedAt == null).OrderBy(sector => sector.SortOrder).Select(sector => new Listed(sector.Id, sector.Name)).ToListAsync(),
        await lists.Areas.Where(area => area.ArchivedAt == null).OrderBy(area => area.SortOrder).Select(area => new Listed(area.Id, area.Name)).ToListAsync()));
}

internal sealed record Listed(Guid Id, string Name);

internal sealed record BookingLists(IReadOnlyList<Listed> Sectors, IReadOnlyList<Listed> Areas);
