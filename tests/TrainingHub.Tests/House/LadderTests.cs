using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>The map of arrows is printed by the command that README names under "The rooms".</summary>
public sealed class LadderTests(ITestOutputHelper output)
{
    [Fact]
    public void Rooms_AsTheyStand_KnowOnlyRoomsToTheirLeft()
    {
        var ladder = new Ladder(SourceTree.Read("src/TrainingHub", ".cs", ".cshtml", ".sql"));

        output.WriteLine(ladder.Map());
        Assert.NotEmpty(ladder.Arrows);
        Verdict.NoFaults(ladder.Faults);
    }

    [Theory]
    [InlineData("Catalogue/Course.cs", "using TrainingHub.Bookings;", "Catalogue must not know Bookings")]
    [InlineData("Platform/Money.cs", "var x = TrainingHub.People.Area.None;", "Platform must not know People")]
    [InlineData("Bookings/BookPlace.cs", "Payments.Payment? paid = null;", "Bookings must not know Payments")]
    [InlineData("Catalogue/Pages/Course.cshtml.cs", "var taken = db.Payments.Count();", "Catalogue must not know Payments")]
    [InlineData("People/Pages/Staff/List.cshtml", "@using TrainingHub.Surveys", "People must not know Surveys")]
    [InlineData("Surveys/Send.cs", "using TrainingHub.Bookings.Pages;", "pages of Bookings belong to that room alone")]
    [InlineData("Bookings/BookPlace.cs", "using Microsoft.AspNetCore.Http;", "Microsoft.AspNetCore.Http belongs in Pages")]
    [InlineData("Bookings/BookPlace.cs", "void Run(HttpContext http) { }", "HttpContext belongs in Pages")]
    [InlineData("Attendance/Mark.cs", "StripeGateway? stripe = null;", "StripeGateway belongs in Payments")]
    [InlineData("Helpers/Text.cs", "class Text;", "Helpers is no room")]
    [InlineData("Catalogue/Sql/dates.sql", "select id\nfrom course_runs\njoin payments on true", "Catalogue must not know Payments")]
    [InlineData("Catalogue/Import/Runs.cs", "var sql = \"\"\"\n  update payments\n  set x = 1\n  \"\"\";", "Catalogue must not know Payments")]
    [InlineData("Catalogue/Import/Runs.cs", "var sql = \"copy payments (id) from stdin\";", "Catalogue must not know Payments")]
    [InlineData("Catalogue/Import/Runs.cs", "db.ExecuteSql($\"delete from payments where id = {id}\");", "Catalogue must not know Payments")]
    [InlineData("Catalogue/Import/Runs.cs", "db.ExecuteSql($\"insert into payments (id) values ({id})\");", "Catalogue must not know Payments")]
    [InlineData("Bookings/Sql/money.sql", "select paid from booking_money", "Bookings must not know Payments")]
    [InlineData("Catalogue/Sql/late.sql", "select id from late_payments(@now) late", "Catalogue must not know Payments")]
    [InlineData("Catalogue/Sql/numbers.sql", "update invoice_numbers set next_number = 1", "Catalogue must not know Payments")]
    public void Rooms_ArrowPlanted_IsFound(string path, string code, string fault)
    {
        var ladder = new Ladder(House((path, code)));

        Assert.Contains(fault, string.Join('\n', ladder.Faults));
    }

    [Theory]
    [InlineData("Payments/Pay.cs", "using TrainingHub.Bookings; /* TrainingHub.Surveys */ // TrainingHub.Reporting")]
    [InlineData("Platform/Words.cs", "var words = \"TrainingHub.Surveys and Stripe\";")]
    [InlineData("Catalogue/CatalogueFeature.cs", "using Microsoft.AspNetCore.Routing;")]
    [InlineData("Catalogue/Runs.cs", "var sum = summary.Payments.Count;")]
    [InlineData("Catalogue/Sql/dates.sql", "-- join payments\nselect id from course_runs")]
    [InlineData("Catalogue/Words.cs", "var words = \"Money comes from payments and refunds\";")]
    [InlineData("Surveys/Sql/paid.sql", "select id from payments")]
    public void Rooms_NothingWrong_NothingFound(string path, string code) => Assert.Empty(new Ladder(House((path, code))).Faults);

    private static Dictionary<string, string> House((string Path, string Code) planted) => new()
    {
        ["TrainingHubDb.cs"] = "public DbSet<Payment> Payments => Set<Payment>();",
        ["Payments/Payment.cs"] = "internal sealed class Payment;",
        ["Payments/BookingMoney.cs"] = "builder.ToView(\"BookingMoney\");",
        ["Migrations/0001_late.sql"] = "create function late_payments(moment timestamptz) returns setof payments language sql as $$ $$",
        [planted.Path] = planted.Code,
    };
}
