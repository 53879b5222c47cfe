using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>An invoice that waits to be paid.</summary>
internal sealed record Billed(Guid Id, int Number, Guid Booking, string Reference, int Pence)
{
    public string Words => Invoice.WordsOf(Number);
}

/// <summary>Invoices that were issued, and files from a bank that pay them.</summary>
internal sealed class BankWorld(TestApp app)
{
    public const int Pence = 5500;

    private Guid? run;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string Today => London.DateOf(app.Clock.Now).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>£55 for one place.</summary>
    public async Task<Billed> BilledAsync(string organisation = "Hill Primary School")
    {
        run ??= (await app.Given.RunByAsync((await app.Given.CourseAsync("Paid by bank", pricePence: Pence)).Id, (await app.Given.ProviderAsync()).Id, London.DateOf(app.Clock.Now).AddDays(40))).Id;
        var request = Given.Request(run.Value, await app.Given.SectorIdAsync(), await app.Given.AreaIdAsync(), $"{Guid.NewGuid():N}@bank.example");
        var booked = await app.Given.BookAsync(request with { OrganisationName = organisation });
        await app.RunJobAsync(nameof(IssueInvoices));
        return await app.WithAsync((TrainingHubDb db) => db.Invoices.Where(invoice => invoice.BookingId == booked.Id)
            .Select(invoice => new Billed(invoice.Id, invoice.Number, booked.Id, booked.Reference, invoice.AmountPence)).SingleAsync(Ct));
    }

    public Task<int> OpenAsync(Billed billed) =>
        app.WithAsync((TrainingHubDb db) => db.Invoices.Where(invoice => invoice.Id == billed.Id).Select(invoice => invoice.OpenPence).SingleAsync(Ct));

    public Task<int> ReceiptsAsync(Billed billed) =>
        app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(email => email.Kind == "payment-received" && email.About == billed.Reference, Ct));

    /// <summary>A file of HSBC's shape, of today.</summary>
    public string File(params (string Text, string Amount)[] lines) => string.Join('\n', lines.Select(line => $"{Today},\"{line.Text}\",{line.Amount}"));

    /// <summary>Sends a file in through the page.</summary>
    public async Task<TestPage> UploadAsync(TestBrowser staff, string text, string name = "april.csv")
    {
        var form = await staff.GetAsync("/staff/bank/read");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form.Find("main input[name=__RequestVerificationToken]").GetAttribute("value")!), "__RequestVerificationToken" },
        };
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        content.Add(file, "Upload", name);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff/bank/read") { Content = content };
        return await staff.SendAsync(request);
    }

    /// <summary>Keeps a file as the page does, for somebody of the staff.</summary>
    public async Task<Guid> TakeInAsync(string text)
    {
        var by = await app.WithAsync((TrainingHubDb db) => db.Users.Select(user => user.Id).FirstAsync(Ct));
        var taken = await app.WithAsync<TakeInBankFile, TakenBankFile>(take => take.RunAsync(Encoding.UTF8.GetBytes(text), "april.csv", new Actor(by, ""), Ct));
        return taken.Id ?? throw new InvalidOperationException(string.Join(' ', taken.Errors));
    }

    /// <summary>Takes a file in and puts its lines into the table, without booking any.</summary>
    public async Task<IReadOnlyList<BankLine>> LinesAsync(string text)
    {
        var file = await TakeInAsync(text);
        await app.WithAsync<AgreeBankFile, bool>(agree => agree.RunAsync(file, Ct));
        return await app.WithAsync((TrainingHubDb db) => db.BankLines.AsNoTracking().Where(line => line.FileId == file).OrderBy(line => line.RowNumber).ToListAsync(Ct));
    }

    public Task<BookBankLineResult> BookAsync(BankLine line, Billed on, int pence, int seen) => app.WithAsync<BookBankLine, BookBankLineResult>(
        book => book.RunAsync(line.Id, [new BankPart(new PayableInvoice(on.Id, on.Number, seen, "", on.Booking, on.Reference, null), pence)], Actor.CommandLine, Ct));

    public Task<BankLine> AgainAsync(BankLine line) =>
        app.WithAsync((TrainingHubDb db) => db.BankLines.AsNoTracking().SingleAsync(one => one.Id == line.Id, Ct));
}
