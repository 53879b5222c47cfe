using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.PersonalData;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.PersonalData;

/// <summary>
/// Somebody with a name like nobody else's who stands in every table that can hold a person. What its columns hold is planted from the
/// database's own list of columns: in each a mark of its own.
/// </summary>
internal sealed class Canary(TestApp app, string first, string last)
{
    private readonly Dictionary<string, string> rows = [];

    /// <summary>
    /// Columns that this cannot write: by whom they are written and not about whom, kept words, not open to anybody, or as issued and so never
    /// changed. What a bank said is followed by BankBookingTests, a certificate by CertificateTests.
    /// </summary>
    private static readonly string[] NotPlanted =
    [
        "data_requests.answer", "history_entries.note", "history_entries.changes",
        "certificates.person_name", "invoices.email", "invoices.billing_name", "invoices.postal_address", "invoice_lines.delegate_name", "credit_notes.email", "write_offs.reason",
        "concerns.withdrawn_because", "concerns.hold_lifted_because", "concern_notes.text", "identity_requests.reason",
        "bank_files.file_name", "bank_files.content", "bank_lines.payer", "bank_lines.text", "bank_lines.outcome_note", "bank_payers.payer_key",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string Name => $"{first} {last}";

    public string Address => $"{first}@{last}.example".ToLowerInvariant();

    public Guid Request { get; private set; }
    public Guid Person { get; private set; }
    public List<HeldRecord> Records { get; } = [];

    /// <summary>The mark of each column.</summary>
    public Dictionary<string, string> Marks { get; } = [];

    public static async Task<Canary> MakeAsync(TestApp app, string first, string last)
    {
        var canary = new Canary(app, first, last);
        await canary.BookAsync();
        await canary.StandElsewhereAsync();
        await canary.WriteAsync();
        await canary.AskAsync();
        await canary.PlantAsync();
        return canary;
    }

    private async Task BookAsync()
    {
        var course = await app.Given.CourseAsync();
        var run = await app.Given.RunAsync(course.Id, London.DateOf(app.Clock.Now).AddDays(-40));
        var other = await app.Given.RunAsync(course.Id, London.DateOf(app.Clock.Now).AddDays(-35));
        var dear = (await app.Given.PlacesAsync(run, new GivenDelegate(Name) { Email = Address, AccessNeeds = "x", PricePence = 5500, Method = PaymentMethod.Invoice }))[0];
        var free = (await app.Given.PlacesAsync(other, new GivenDelegate(Name) { Email = Address, AccessNeeds = "x" }))[0];
        var former = await app.Given.PersonAsync($"{first} Former{last}", $"former.{Address}");
        Person = dear.Person.Id;
        await app.WithAsync((MergePeople merge) => merge.RunAsync(Person, [former.Id], Actor.CommandLine, Ct));
        await app.Given.MarkAsync(dear.Place.Id, app.Clock.Now);
        var certificate = await app.Given.CertificateAsync(dear.Place.Id, app.Clock.Now);
        await app.WithAsync((WithdrawCertificate withdraw) => withdraw.RunAsync(certificate.Id, "x", Actor.CommandLine, Ct));
        rows["certificates"] = $"id = '{certificate.Id}'";
        await app.Given.RemindedAsync(dear.Place.Id, Person);
        await app.Given.InvoiceAsync(dear.Booking.Id, 4000 + first.Length, 5500, run.RunsOn);
        await app.Given.PaidAsync(dear.Place, 5500, app.Clock.Now);
        var application = await app.Given.DeclinedApplicationAsync("Harbour Trust", "Too late");
        await CountAsync($"update bookings set free_place_application_id = '{application.Id}' where id = '{free.Booking.Id}'");
        await app.WithAsync((KeepNotes notes) => notes.AddAsync(dear.Booking.Id, Guid.CreateVersion7(), "x", Actor.CommandLine, Ct));
        await AnswerAsync(dear.Place.Id, course.Id);
        Take(HeldKind.Person, "people", Person);
        Take(HeldKind.Booker, "bookings", dear.Booking.Id, free.Booking.Id);
        Take(HeldKind.InvoiceAddress, "bookings", dear.Booking.Id, free.Booking.Id);
        foreach (var (table, column) in new[] { ("invoices", "booking_id"), ("payments", "booking_id"), ("booking_notes", "booking_id"), ("places", "booking_id") })
        {
            rows[table] = $"{column} in ('{dear.Booking.Id}', '{free.Booking.Id}')";
        }

        rows["person_aliases"] = $"person_id = '{Person}'";
        rows["free_place_applications"] = $"id = '{application.Id}'";
        await app.Given.EvidenceAsync(application.Id);
        rows["free_place_evidence"] = $"application_id = '{application.Id}'";
    }

    private async Task AnswerAsync(Guid place, Guid course)
    {
        var invitation = Given.NewSentInvitation(place, await app.Given.AskedAsync(), app.Clock.Now.AddDays(-3));
        await app.Given.AddAsync(invitation, Given.NewSurveyLink(invitation.Id, $"token of {Name}", app.Clock.Now));
        var response = await app.Given.ResponseAsync(course, London.DateOf(app.Clock.Now));
        await app.Given.AnswersAsync(invitation, response);
        await app.Given.CommentsAsync(CommentState.Read, $"{Name} read");
        // Of another answer: a hold on this one would keep the person, see LegalHoldTests.
        await app.Given.CommentsAsync(CommentState.Concern, $"{Name} concern");
        await CountAsync($"update survey_comments set response_id = '{response.Id}' where text = '{Name} read'");
        await CountAsync($"update survey_comments set closed_at = created_at, closed_by_id = read_by_id, outcome = 'x' where text = '{Name} concern'");
        var (read, worrying) = (await IdAsync($"select id from survey_comments where text = '{Name} read'"), await IdAsync($"select id from survey_comments where text = '{Name} concern'"));
        rows["survey_comments"] = $"id in ('{read}', '{worrying}')";
        await QuoteAndConcernAsync(read, await IdAsync($"select id from concerns where comment_id = '{worrying}'"));
    }

    private async Task QuoteAndConcernAsync(Guid comment, Guid concern)
    {
        var lead = new Actor(await app.Given.StaffAsync(), "Lena Lead");
        Assert.Equal(QuoteResult.Done, await app.WithAsync((KeepQuotes quotes) => quotes.ProposeAsync(comment, "x", lead, Ct)));
        rows["survey_quotes"] = $"comment_id = '{comment}'";
        Assert.True(await app.WithAsync((HandleConcern handle) => handle.AcknowledgeAsync(concern, lead, Ct)));
        Assert.True(await app.WithAsync((HandleConcern handle) => handle.CloseAsync(concern, "x", lead, Ct)));
        rows["concerns"] = $"id = '{concern}'";
    }

    private async Task StandElsewhereAsync()
    {
        var course = await app.Given.CourseAsync();
        var full = await app.Given.RunAsync(course.Id, app.Clock.Now.AddDays(30));
        await app.Given.WaitingAsync(full.Id, Name, Address);
        Take(HeldKind.Waiting, "waiting_list_entries", await IdAsync($"select id from waiting_list_entries where run_id = '{full.Id}'"));
        Take(HeldKind.DateWish, "date_wishes", await app.Given.DateWishAsync(course.Id, Address));
        var organisation = await app.Given.OrganisationAsync($"Hill Nursery {Guid.NewGuid():N}");
        Take(HeldKind.OrganisationContact, "organisations", organisation.Id);
        Take(HeldKind.OrganisationInvoices, "organisations", organisation.Id);
        Take(HeldKind.TrainingLead, "organisation_leads", (await app.Given.LeadAsync(organisation.Id, Address)).Id);
        await app.Given.SignedInAsync(Address);
        (rows["address_sessions"], rows["sign_in_codes"]) = ($"email = '{Address}'", $"email = '{Address}'");
        var provider = await app.Given.ProviderAsync();
        Take(HeldKind.ProviderContact, "providers", provider.Id);
        rows["provider_notices"] = $"id = '{(await app.Given.AcknowledgedNoticeAsync(provider.Id, Name)).Id}'";
        Take(HeldKind.Trainer, "trainers", (await app.Given.TrainerAsync(provider.Id, Name)).Id);
        Take(HeldKind.VenueContact, "venues", (await app.Given.VenueAsync()).Id);
        Take(HeldKind.StaffAccount, "staff_users", await app.Given.StaffAsync(Name));
    }

    private async Task WriteAsync()
    {
        await app.Given.MessageAsync($"{last} x", "x");
        Take(HeldKind.Message, "date_messages", await IdAsync($"select id from date_messages where subject = '{last} x'"));
        var reference = await app.WithAsync((TrainingHubDb db) => db.Bookings.Where(one => one.BookerName == Name).Select(one => one.Reference).FirstAsync(Ct));
        var email = await app.Given.EmailAsync(Address, new TestMessageEmail(Name, "3 March 2027"), reference);
        await app.Given.EmailAsync("colleague@school.example", new TestMessageEmail(Name, "3 March 2027"), reference);
        await CountAsync($"update outgoing_emails set state = 'Sent', sent_at = created_at, sent_text = 'For {Name}' where about = '{reference}' and id <> '{email.Id}'");
        await CountAsync($"update outgoing_emails set state = 'Failed' where id = '{email.Id}'");
        rows["outgoing_emails"] = $"id = '{email.Id}'";
        var key = Encoding.UTF8.GetBytes(Name);
        var run = await IdAsync("select id from course_runs limit 1");
        await app.Given.AddAsync(Given.NewDraft(run, key, [2], "{}", 2, app.Clock.Now.AddDays(1)));
        await app.Given.ELearningAsync(Person, "x", new DateOnly(2026, 3, 2));
        rows["elearning_completions"] = $"person_id = '{Person}'";
        rows["booking_drafts"] = $"key_hash = '\\x{Convert.ToHexString(key)}'";
        rows["import_uploads"] = $"id = '{await app.Given.UploadAsync([1])}'";
        await app.WithAsync(async (TrainingHubDb db) =>
        {
            HistoryEntry.Add<Booking>(db, Person, Actor.CommandLine, "Changed", [new("Why", null, $"{Name} rang")], app.Clock.Now, $"{Name} asked for it");
            await db.SaveChangesAsync(Ct);
        });
    }

    private async Task AskAsync()
    {
        Request = Guid.CreateVersion7();
        await app.WithAsync((RecordRequest record) => record.RunAsync(
            new(Request, DataRequestKind.Erasure, Name, Address, "x", "x", "x", London.DateOf(app.Clock.Now), Person), Actor.CommandLine, Ct));
        await app.WithAsync((KeepRequest keep) => keep.TickAsync(Request, Records, [], Actor.CommandLine, Ct));
        await app.WithAsync((KeepRequest keep) => keep.ExtendAsync(Request, "x", Actor.CommandLine, Ct));
        await CountAsync($"update outgoing_emails set state = 'Sent', sent_at = created_at where to_address = '{Address}' and state = 'Queued'");
        rows["data_requests"] = $"id = '{Request}'";
    }

    /// <summary>Writes into every column that the map says may hold a person, on this one's rows.</summary>
    private async Task PlantAsync()
    {
        var columns = await ColumnsAsync();
        foreach (var (column, number) in DataMap.Columns.Where(one => one.Value is ColumnHolds.Person or ColumnHolds.FreeText or ColumnHolds.Safeguarding).Select((one, index) => (one.Key, index + 100)))
        {
            if (NotPlanted.Contains(column))
            {
                continue;
            }

            var table = column.Split('.')[0];
            Assert.True(rows.TryGetValue(table, out var where), $"No row of {table} is about the canary: make one in {nameof(Canary)}.");
            var mark = $"m{number.ToString(CultureInfo.InvariantCulture)}";
            where = column == "survey_comments.outcome" ? $"{where} and outcome is not null" : where;
            var (type, length) = columns[column];
            Assert.True(await CountAsync($"update {table} set {column.Split('.')[1]} = {Value(column, mark, type, length)} where {where}") > 0, $"No row of {table} was found.");
            Marks[column] = column switch
            {
                "people.name" => Name,
                "people.email" => Address,
                _ => mark,
            };
        }

        await CountAsync($"update people set name_key = name_key(name), email_key = lower(email) where {rows["people"]}");
        await CountAsync($"update person_aliases set name_key = name_key(name), email_key = lower(email) where {rows["person_aliases"]}");
        await CountAsync($"update waiting_list_entries set name_key = name_key(name), email_key = lower(email) where {rows["waiting_list_entries"]}");
        await CountAsync($"update date_wishes set email_key = lower(email) where {rows["date_wishes"]}");
        // As they were planted: they are found by the address itself.
        await CountAsync($"update address_sessions set email = '{Address}' where email like '%.{Address}'");
        await CountAsync($"update sign_in_codes set email = '{Address}' where email like '%.{Address}'");
        await CountAsync($"update outgoing_emails set to_address = (select email from people where id = '{Person}') where {rows["outgoing_emails"]}");
    }

    private string Value(string column, string mark, string type, int? length) => (type, column) switch
    {
        (_, "people.name") => $"'{Name}'",
        (_, "people.email") => $"'{Address}'",
        ("bytea", _) => $"convert_to('{mark} {Name}', 'UTF8')",
        (_, "booking_drafts.answers") => $"json_build_object('Email', (select email from people where id = '{Person}'), 'Name', '{mark} {Name}')::jsonb",
        ("jsonb", _) => $"'{{\"Name\": \"{mark} {Name}\"}}'",
        _ when column.Contains("email", StringComparison.Ordinal) || column.EndsWith("to_address", StringComparison.Ordinal) || column == "staff_users.user_name" => $"'{mark}.{Address}'",
        _ when column.EndsWith("name", StringComparison.Ordinal) => $"'{first} {mark} {last}'",
        _ => length < 30 ? $"'{mark} {first}'" : $"'{mark} by {Name} here'",
    };

    public void Take(HeldKind kind, string table, params Guid[] ids)
    {
        Records.AddRange(ids.Select(id => new HeldRecord(kind, id)));
        rows[table] = $"id in ({string.Join(", ", ids.Select(id => $"'{id}'"))})";
    }

    private async Task<Dictionary<string, (string Type, int? Length)>> ColumnsAsync()
    {
        await using var command = app.Database.Owner().CreateCommand(
            "select table_name || '.' || column_name, data_type, character_maximum_length from information_schema.columns where table_schema = 'public'");
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var columns = new Dictionary<string, (string, int?)>();
        while (await reader.ReadAsync(Ct))
        {
            columns[reader.GetString(0)] = (reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetInt32(2));
        }

        return columns;
    }

    private async Task<int> CountAsync(string sql)
    {
        await using var command = app.Database.Owner().CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<Guid> IdAsync(string sql)
    {
        await using var command = app.Database.Owner().CreateCommand(sql);
        return (Guid)(await command.ExecuteScalarAsync(Ct))!;
    }
}
