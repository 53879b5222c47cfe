using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Only a number that is named once and whose open sum is the line's is booked without a person; all else is a proposal.</summary>
public sealed class MatchLineTests
{
    private static readonly Guid StMarys = Guid.NewGuid();

    private readonly List<PayableInvoice> invoices =
    [
        Invoice(42, 11000, "St Mary’s Pre-School", StMarys),
        Invoice(43, 5500, "Example Council"),
        Invoice(44, 8200, "Little Oaks Nursery"),
    ];

    [Theory]
    [InlineData("INV-00042")]
    [InlineData("INV42")]
    [InlineData("INV 0042")]
    [InlineData("inv-00042 st marys")]
    [InlineData("INV-00042/PO 7")]
    [InlineData("Invoice no. 42")]
    [InlineData("INVOICE: 00042 thank you")]
    [InlineData("ST MARYS PRE SCHO INV-00042 600000001234567 30 15APR26 09:15")]
    [InlineData("STMARYSINV00042")]
    [InlineData("INV-00042 INV42")]
    [InlineData("INV-00042, 110.00")]
    [InlineData("ST MARYS , INV-00042 , 1234567890")]
    [InlineData("INV 42, 15/04/26")]
    public void Number_ThatIsNamedOnceWithItsSum_IsCertain(string text)
    {
        var certain = Find(11000, text).Certain;

        Assert.Equal(42, certain?.Invoice.Number);
        Assert.Equal(11000, certain?.Pence);
    }

    [Theory]
    [InlineData("00042")]
    [InlineData("42 st marys")]
    public void Digits_Alone_AreAQuestion(string text)
    {
        var match = Find(11000, text);

        Assert.Null(match.Certain);
        Assert.Equal((BankClue.DigitsAlone, 42), ClueOf(match.Proposals[0]));
    }

    [Theory]
    [InlineData("PO 42", 5500)]
    [InlineData("15/04/42", 11000)]
    [InlineData("20-00-42", 11000)]
    [InlineData("PO42", 11000)]
    public void Digits_OfSomethingElse_AreNoNumber(string text, int pence) =>
        Assert.DoesNotContain(Find(pence, text).Proposals, proposal => proposal.Clue == BankClue.DigitsAlone);

    [Theory]
    [InlineData("INV 42 INV 43", 16500)]
    [InlineData("INV-00042 & 43", 16500)]
    [InlineData("INV-00042+INV-00043", 16500)]
    [InlineData("invoices 42, 43", 16500)]
    [InlineData("INV00042INV00043", 16500)]
    public void Numbers_OfTwo_AreSplit(string text, int pence)
    {
        var match = Find(pence, text);

        Assert.Null(match.Certain);
        Assert.Equal(BankClue.Split, match.Proposals[0].Clue);
        Assert.Equal([(42, 11000), (43, 5500)], PartsOf(match.Proposals[0]));
    }

    [Theory]
    [InlineData(12000, new[] { 11000, 1000 }, 0)]
    [InlineData(20000, new[] { 11000, 9000 }, 3500)]
    [InlineData(9000, new[] { 9000 }, 0)]
    public void Numbers_OfTwoWithAnotherSum_AreFilledOldestFirst(int pence, int[] parts, int spare)
    {
        var proposal = Find(pence, "INV 43 and INV 42").Proposals[0];

        Assert.Equal(parts, proposal.Parts.Select(part => part.Pence));
        Assert.Equal(spare, proposal.Parts.Sum(part => part.SparePence));
    }

    [Theory]
    [InlineData(5000, nameof(BankClue.PartPayment), 0)]
    [InlineData(12000, nameof(BankClue.Overpayment), 1000)]
    public void Number_WithAnotherSum_IsProposed(int pence, string clue, int spare)
    {
        var match = Find(pence, "INV-00042");

        Assert.Null(match.Certain);
        Assert.Equal((Enum.Parse<BankClue>(clue), 42), ClueOf(match.Proposals[0]));
        Assert.Equal(spare, match.Proposals[0].Parts[0].SparePence);
    }

    [Fact]
    public void Number_OfAnInvoiceThatIsSettled_SaysSo()
    {
        invoices.Add(Invoice(41, 0, "St Mary’s Pre-School", StMarys));

        var match = Find(11000, "INV-00041", "ST MARYS PRE SCHO");

        Assert.Equal((BankClue.AlreadySettled, 41), ClueOf(match.Proposals[0]));
        Assert.Null(match.Certain);
    }

    [Fact]
    public void Number_OfNobody_BesideOurs_IsAQuestion()
    {
        var match = Find(11000, "INV-00042 INV-00999");

        Assert.Null(match.Certain);
        Assert.Equal((BankClue.UnsureNumber, 42), ClueOf(match.Proposals[0]));
    }

    [Fact]
    public void Number_ThatMayBeCutOff_IsAQuestionWhereTheSumFitsBoth()
    {
        invoices.Add(Invoice(4, 11000, "Example Council"));

        var match = Find(11000, "ST MARYS INV-0004");

        Assert.Null(match.Certain);
        Assert.Equal([4, 42], match.Proposals.Select(proposal => proposal.Parts[0].Invoice.Number));
    }

    [Fact]
    public void Number_ThatWasCutOff_IsProposedByItsBeginningAndTheSum() =>
        Assert.Equal((BankClue.UnsureNumber, 42), ClueOf(Find(11000, "ST MARYS INV-0004").Proposals[0]));

    [Fact]
    public void Number_ThatWasCutAway_IsProposedByPayerAndSum() =>
        Assert.Equal((BankClue.SumAndPayer, 42), ClueOf(Assert.Single(Find(11000, "ST MARYS SCHOOL IN", "ST MARYS SCHOOL IN").Proposals)));

    [Fact]
    public void Number_OfEightDigits_IsSomebodyElses() => Assert.Empty(Find(777, "INV 00000042").Proposals);

    [Fact]
    public void Payer_WithTwoInvoicesOfThatSum_HasBothProposed()
    {
        invoices.Add(Invoice(45, 11000, "St Mary’s Pre-School", StMarys));
        invoices.Add(Invoice(46, 11000, "Another Council"));

        Assert.Equal(
            [(BankClue.SumAndPayer, 42), (BankClue.SumAndPayer, 45)],
            Find(11000, "ST MARYS PRE SCH", "ST MARYS PRE SCH").Proposals.Select(ClueOf));
    }

    [Fact]
    public void Payer_ThatIsRemembered_IsFoundUnderAnotherName() => Assert.Equal(
        (BankClue.RememberedPayer, 42),
        ClueOf(Assert.Single(Find(11000, "SMPS TRADING", "SMPS TRADING", [new RememberedPayer(StMarys, null)]).Proposals)));

    [Fact]
    public void Payer_OfSeveralInvoices_IsProposedTheGroupOfThatSum()
    {
        invoices.Add(Invoice(45, 5500, "St Mary’s Pre-School", StMarys));
        invoices.Add(Invoice(46, 2000, "St Mary’s Pre-School", StMarys));

        Assert.Equal([(42, 11000), (45, 5500)], PartsOf(Assert.Single(Find(16500, "ST MARYS PRE SCH", "ST MARYS PRE SCH").Proposals)));
    }

    [Fact]
    public void Sum_OfOneInvoice_IsProposedWithoutAName() => Assert.Equal((BankClue.SumAlone, 44), ClueOf(Assert.Single(Find(8200, "J SMITH", "J SMITH").Proposals)));

    [Fact]
    public void Sum_OfManyInvoices_SaysNothing()
    {
        invoices.AddRange(Enumerable.Range(50, 3).Select(number => Invoice(number, 8200, $"Payer {number}")));

        Assert.Empty(Find(8200, "J SMITH", "J SMITH").Proposals);
    }

    [Fact]
    public void Booking_WhoseReferenceIsNamed_IsProposed() =>
        Assert.Equal((BankClue.BookingReference, 43), ClueOf(Find(5500, "COURSE " + invoices[1].BookingReference.ToLowerInvariant()).Proposals[0]));

    [Fact]
    public void Invoice_ThatWasBooked_IsCertainNoMore()
    {
        var open = new OpenInvoices(invoices);

        open.Book(MatchLine.Find(open, 11000, "", "INV-00042", []).Certain!);

        Assert.Equal(BankClue.AlreadySettled, MatchLine.Find(open, 11000, "", "INV-00042", []).Proposals[0].Clue);
    }

    [Theory]
    [InlineData("ST MARYS PRE SCH", "St Mary’s Pre-School", true)]
    [InlineData("BRIDGE HOUSE NURSE", "Bridge House Nursery Ltd", true)]
    [InlineData("ST JAMES SCHOOL", "St Mary’s School", false)]
    [InlineData("THE PRIMARY SCHOOL", "Poole Primary School", false)]
    [InlineData("OAKS", "Little Oaks Nursery", true)]
    [InlineData("J SMITH", "Jane Smithson", true)]
    [InlineData("DORSET COUNCIL", "Example Council", false)]
    [InlineData("", "Example Council", false)]
    public void Payer_AsTheBankWritesIt_IsTold(string bank, string name, bool isAlike) =>
        Assert.Equal(isAlike, PayerWords.AreAlike(PayerWords.WordsOf(bank), PayerWords.WordsOf(name)));

    // Whatever is typed, money is booked by itself only on one open invoice of just that sum, and every proposal adds up.
    [Fact]
    public void Lines_OfAnyWords_AddUp_AndAreCertainOnlyWithTheSum()
    {
        var words = new[] { "INV", "inv-", "00042", "42", "43", "&", "ST", "MARYS", "INV-0004", "/", "PO 7", "EXAMPLE", "COUNCIL", "00044", "and", " " };
        var random = new Random(20261130);
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 7)).Select(_ => words[random.Next(words.Length)]));
            var pence = new[] { 11000, 5500, 8200, 16500, 19200, 1 }[random.Next(6)];

            var match = Find(pence, text, text);

            Assert.All(match.Proposals, proposal => Assert.Equal(pence, proposal.Parts.Sum(part => part.Pence)));
            Assert.True(match.Certain is null || match.Certain.Invoice.OpenPence == pence, text);
            Assert.True(match.Certain is null || InvoiceNumbers.In(text).Named is [var number] && number.Number == match.Certain.Invoice.Number, text);
        }
    }

    private BankMatch Find(int pence, string text, string payer = "", IEnumerable<RememberedPayer>? remembered = null) =>
        MatchLine.Find(new OpenInvoices(invoices), pence, payer, text, remembered ?? []);

    private static (BankClue, int) ClueOf(BankProposal proposal) => (proposal.Clue, Assert.Single(proposal.Parts).Invoice.Number);

    private static IEnumerable<(int, int)> PartsOf(BankProposal proposal) => proposal.Parts.Select(part => (part.Invoice.Number, part.Pence));

    private static PayableInvoice Invoice(int number, int pence, string payer, Guid? organisation = null) =>
        new(Guid.NewGuid(), number, pence, payer, Guid.NewGuid(), $"TRQ7K{number:000}", organisation);
}
