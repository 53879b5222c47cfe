using System.Text;
using TrainingHub.Payments;
using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>The export of each bank is read for what came in, whatever its traps; what cannot be read is refused with its row.</summary>
public sealed class ReadBankFileTests
{
    private static readonly DateOnly Today = new(2026, 4, 20);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<string> Banks => [.. Enum.GetNames<BankFormat>()];

    [Theory]
    [MemberData(nameof(Banks))]
    public void Statement_OfEachBank_GivesWhatCameIn(string bank)
    {
        var read = Read(StatementFiles.Of(bank));

        Assert.Empty(read.Errors);
        Assert.Equal(Enum.Parse<BankFormat>(bank), read.Format);
        Assert.Equal(1, read.DebitCount);
        Assert.Equal([11000, 123450], read.Credits.Select(line => line.Pence).Order());
        Assert.All(read.Credits, line => Assert.Equal(new DateOnly(2026, 4, 15), line.PaidOn));
        Assert.Equal([42, 43], read.Credits.OrderBy(line => line.Pence).Select(line => Assert.Single(InvoiceNumbers.In(line.Text).Named).Number));
        Assert.Equal(["st marys pre scho", "example council"], read.Credits.OrderBy(line => line.Pence).Select(line => PayerWords.KeyOf(line.Payer)));
    }

    [Theory]
    [InlineData("Lloyds", 11000, 134450)]
    [InlineData("NatWest", 11000, 134450)]
    [InlineData("Nationwide", 11000, 134450)]
    [InlineData("Starling", 11000, 134450)]
    [InlineData("Santander", 11000, 134450)]
    public void Statement_WithBalances_GivesThem(string bank, int first, int second) =>
        Assert.Equal([first, second], Read(StatementFiles.Of(bank)).Credits.OrderBy(line => line.Pence).Select(line => line.BalancePence ?? 0));

    [Theory]
    [InlineData("Lloyds", "30000012345678")]
    [InlineData("NatWest", "60000012345678")]
    [InlineData("Barclays", "20000012345678")]
    [InlineData("Santander", "1234")]
    [InlineData("Hsbc", "")]
    public void Statement_OfAnAccount_GivesItsDigits(string bank, string account) =>
        Assert.All(Read(StatementFiles.Of(bank)).Credits, line => Assert.Equal(account, line.Account));

    [Theory]
    [MemberData(nameof(Banks))]
    public void Statement_InAnyEncoding_IsTheSame(string bank)
    {
        var text = StatementFiles.Of(bank);
        var plain = Read(text).Credits;

        Assert.Equal(plain, ReadBankFile.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], Today).Credits);
        Assert.Equal(plain, ReadBankFile.Read(Windows1252.GetBytes(text), Today).Credits);
        Assert.Equal(plain, ReadBankFile.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)], Today).Credits);
        Assert.Equal(plain, Read(text.ReplaceLineEndings("\r\n")).Credits);
    }

    [Theory]
    [InlineData("Lloyds", "Credit Amount,Balance,", "Credit Amount,Balance")]
    [InlineData("Starling", ",Spending Category,Notes", "")]
    public void Statement_WithOtherLastColumns_IsRead(string bank, string heading, string instead)
    {
        var text = StatementFiles.Of(bank).Replace(heading, instead, StringComparison.Ordinal);
        var rows = bank == "Starling" ? text.Replace(",INCOME,", "").Replace(",BILLS_AND_SERVICES,", "").Replace("0.00,,", "0.00") : text.Replace(",\n", "\n").TrimEnd(',');

        Assert.Equal(2, Read(rows).Credits.Count);
        Assert.Empty(Read(rows).Errors);
    }

    [Fact]
    public void Lloyds_ItsOwnAndTheNewerFile_GiveTheSameKeys() => Assert.Equal(
        BankLineKeys.Of(Read(StatementFiles.Lloyds).Credits),
        BankLineKeys.Of(Read(StatementFiles.Lloyds.Replace(",\n", "\n").TrimEnd(',')).Credits));

    [Fact]
    public void Barclays_ACommaInTheMemo_IsPartOfIt() => Assert.Equal(
        "ST MARYS, POOLE INV-00042 BGC",
        Assert.Single(Read(",15/04/2026,20-00-00 12345678,110.00,FT,ST MARYS, POOLE INV-00042 BGC", "Number,Date,Account,Amount,Subcategory,Memo").Credits).Text);

    [Fact]
    public void Line_DatedAfterToday_WaitsForItsDay()
    {
        var read = ReadBankFile.Read(Encoding.UTF8.GetBytes(StatementFiles.Hsbc), new DateOnly(2026, 4, 14));

        Assert.Empty(read.Credits);
        Assert.Equal(2, read.LaterCount);
    }

    [Theory]
    [InlineData("15/04/2026,ST MARYS INV-00042,1,234.50", 2, "more cells than columns")]
    [InlineData("15/04/2026,ST MARYS INV-00042,110.005", 2, "“110.005” is not an amount")]
    [InlineData("15/04/2026,ST MARYS INV-00042,\"110,00\"", 2, "“110,00” is not an amount")]
    [InlineData("15/04/2026,ST MARYS INV-00042,", 2, "Nothing is filled in here")]
    [InlineData("31/02/2026,ST MARYS INV-00042,110.00", 2, "“31/02/2026” is not a date")]
    [InlineData("Date,Text,Amount", 2, "“Date” is not a date")]
    [InlineData("15/04/2026,\"ST MARYS INV-00042,110.00", 0, "Row 2: a quotation mark is opened here and never closed")]
    public void Row_ThatIsWrong_RefusesTheFileByItsNumber(string row, int number, string why)
    {
        var read = Read(row, "15/04/2026,EXAMPLE COUNCIL,5.00");

        var error = Assert.Single(read.Errors);
        Assert.Equal(number, error.Row);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_WithMoneyInAndOut_IsRefused() => Assert.Contains(
        "Row 2: There has to be one amount, in Credit amount or in Debit amount.",
        Read("15/04/2026,BGC,'30-00-00,1,X,5.00,5.00,1", "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance")
            .Errors.Select(error => error.ToString()));

    [Fact]
    public void TwoStatements_PutTogether_AreRefusedWhereTheSecondBegins()
    {
        var read = Read(StatementFiles.Lloyds + "\n" + StatementFiles.Starling);

        Assert.Contains(read.Errors, error => error.Row == 5 && error.Message.Contains("“Date” is not a date", StringComparison.Ordinal));
    }

    [Fact]
    public void Santander_APaymentWithoutAnAmount_IsRefusedByItsFirstLine()
    {
        var read = Read("Date: 15/04/2026\nDescription: A\nBalance: 1.00\n\nDate: 15/04/2026\nDescription: B\nAmount: 2.00\n");

        Assert.Equal("Row 1, Amount: The payment that begins here has no amount.", Assert.Single(read.Errors).ToString());
    }

    [Fact]
    public void Santander_ALineOfSomethingElse_IsRefused() => Assert.Equal(
        5, Assert.Single(Read("Date: 15/04/2026\nDescription: A\nAmount: 1.00\nBalance: 1.00\nTotal 4\n").Errors).Row);

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData(" \r\n ", "The file is empty")]
    [InlineData("%PDF-1.7", "a PDF")]
    [InlineData("<html><body>Sign in</body></html>", "a web page")]
    [InlineData("Name,First join\nA,09:00", "not a statement that can be read")]
    [InlineData("Date,Amount\n15/04/2026,5.00", "not a statement that can be read")]
    [InlineData("a,b,c,d,e,f,g,h\0", "not a text file")]
    public void File_ThatIsNoStatement_SaysWhatToBring(string text, string why)
    {
        var read = Read(text);

        Assert.Null(read.Format);
        Assert.Contains(why, Assert.Single(read.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void File_OfRandomBytes_IsRefused()
    {
        var bytes = new byte[200_000];
        for (var seed = 0; seed < 20; seed++)
        {
            new Random(seed).NextBytes(bytes);

            Assert.NotEmpty(ReadBankFile.Read(bytes, Today).Errors);
        }
    }

    [Fact]
    public void File_OfMoreRowsThanFit_IsRefused()
    {
        var rows = new StringBuilder();
        for (var row = 0; row <= FileTable.MaxRows; row++)
        {
            rows.Append("15/04/2026,A,1.00\n");
        }

        Assert.Contains("more than 50,000 rows", Assert.Single(Read(rows.ToString()).Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("110", 11000)]
    [InlineData("£1,234.50", 123450)]
    [InlineData("-£10.99", -1099)]
    [InlineData("£-10.99", -1099)]
    [InlineData("−10.99", -1099)]
    [InlineData("(5.00)", -500)]
    [InlineData("+110.00 GBP", 11000)]
    [InlineData("9999999.99", 999999999)]
    [InlineData("0.5", 50)]
    [InlineData("10000000", null)]
    [InlineData("1.234,50", null)]
    [InlineData("12,34", null)]
    [InlineData("1e5", null)]
    [InlineData("", null)]
    [InlineData("--5", null)]
    [InlineData("(5.00", null)]
    public void Amount_AsBanksWriteIt_IsPence(string text, int? pence) => Assert.Equal(pence, BankAmount.Parse(text));

    private static BankStatement Read(string text) => ReadBankFile.Read(Encoding.UTF8.GetBytes(text), Today);

    private static BankStatement Read(string row, string before) => Read(before + "\n" + row);
}
