using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;

namespace TrainingHub.Load.Attacks;

/// <summary>The booking form, as a script fills it in. Nothing is expected: what was refused is counted by what is stored.</summary>
internal sealed class Journey(Guid sector, Guid area)
{
    public static async Task<Journey> OfAsync(Stage stage, CancellationToken ct) => new(
        await Rows.OneAsync<Guid>(stage.Database, "select id from sectors order by sort_order limit 1", ct),
        await Rows.OneAsync<Guid>(stage.Database, "select id from areas order by sort_order limit 1", ct));

    /// <param name="visitor"></param>
    /// <param name="run">A date that costs something.</param>
    /// <param name="booker">The address of who books.</param>
    /// <param name="method">FreePlace holds the places; Invoice makes them certain.</param>
    /// <param name="people">Name and address of who is to come.</param>
    /// <returns>The last answer: a redirect to the booking when it was made.</returns>
    public Answer Book(Visitor visitor, Guid run, string booker, string method, IReadOnlyList<(string Name, string Email)> people)
    {
        var check = Fill(visitor, run, booker, method, people);
        return check.Status == 200 ? Confirm(visitor, run, check) : check;
    }

    /// <summary>Everything but the last press.</summary>
    /// <returns>The page to check the answers on, or what came instead.</returns>
    public Answer Fill(Visitor visitor, Guid run, string booker, string method, IReadOnlyList<(string Name, string Email)> people)
    {
        var path = $"/dates/{run}/book";
        var who = visitor.Get(path);
        if (who.Status != 200)
        {
            return who;
        }

        var token = ("__RequestVerificationToken", who.Field("__RequestVerificationToken"));
        var next = visitor.Post(path, [.. people.SelectMany((person, index) => new[]
        {
            ($"People[{index}].Name", person.Name), ($"People[{index}].Email", person.Email), ($"People[{index}].AccessNeeds", ""),
        }), token]);
        if (next.Status != 302)
        {
            return next;
        }

        visitor.Post(
            path + "/organisation",
            ("Form.Name", "Bea Booker"), ("Form.Email", booker), ("Form.Organisation", "Hill Primary School"),
            ("Form.SectorId", $"{sector}"), ("Form.AreaId", $"{area}"), token);
        visitor.Post(
            path + "/payment",
            ("Form.By", method), ("Form.InvoiceEmail", booker), ("Form.PurchaseOrder", ""), ("Form.Applicant", "RegisteredCharity"),
            ("Form.RegisteredNumber", ""), ("Form.About", "We run a toddler group."), token);
        return visitor.Get(path + "/check");
    }

    public static Answer Confirm(Visitor visitor, Guid run, Answer check) => visitor.Post(
        $"/dates/{run}/book/check",
        ("draft", check.Field("draft")), ("shown", check.Field("shown")), ("shownPence", check.Field("shownPence")),
        ("__RequestVerificationToken", check.Field("__RequestVerificationToken")));
}
