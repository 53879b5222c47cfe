using System.Text.Json.Nodes;

namespace TrainingHub.StripeDouble;

/// <summary>Disputes, without the money that Stripe takes and gives meanwhile. Called under <see cref="Books.Gate"/>.</summary>
internal sealed class Disputes(Books books, Action<string, JsonObject> report)
{
    public JsonObject Open(JsonObject intent, DateTimeOffset? dueBy)
    {
        var dispute = books.Add(new JsonObject
        {
            ["id"] = Books.NewId("dp_"),
            ["object"] = "dispute",
            ["amount"] = intent["amount"]!.DeepClone(),
            ["charge"] = intent["latest_charge"]!.DeepClone(),
            ["created"] = books.Now,
            ["currency"] = intent["currency"]!.DeepClone(),
            ["evidence_details"] = new JsonObject
            {
                ["due_by"] = dueBy?.ToUnixTimeSeconds(),
                ["has_evidence"] = false,
                ["past_due"] = false,
                ["submission_count"] = 0,
            },
            ["livemode"] = false,
            ["payment_intent"] = intent["id"]!.DeepClone(),
            ["reason"] = "general",
            ["status"] = "needs_response",
        });
        report("charge.dispute.created", dispute);
        return dispute;
    }

    public void Close(JsonObject dispute, bool isWon)
    {
        dispute["status"] = isWon ? "won" : "lost";
        report("charge.dispute.closed", dispute);
    }
}
