using System.Text.Json.Nodes;

namespace TrainingHub.StripeDouble;

/// <summary>Disputes: the bank takes the money when one is opened, and a win brings it back; an inquiry takes none. Called under <see cref="Books.Gate"/>.</summary>
internal sealed class Disputes(Books books, Action<string, JsonObject> report)
{
    public JsonObject Open(JsonObject intent, DateTimeOffset? dueBy, bool isInquiry)
    {
        var charge = books.Get("charge", (string)intent["latest_charge"]!, "charge");
        var dispute = books.Add(new JsonObject
        {
            ["id"] = Books.NewId("dp_"),
            ["object"] = "dispute",
            ["amount"] = (long)charge["amount"]! - (long)charge["amount_refunded"]!,
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
            ["status"] = isInquiry ? "warning_needs_response" : "needs_response",
        });
        if (!isInquiry)
        {
            Move(dispute, isTaken: true);
        }

        report("charge.dispute.created", dispute);
        return dispute;
    }

    /// <summary>The inquiry becomes a dispute, and the bank takes the money.</summary>
    public void Escalate(JsonObject dispute)
    {
        dispute["status"] = "needs_response";
        Move(dispute, isTaken: true);
        report("charge.dispute.updated", dispute);
    }

    public void Answer(JsonObject dispute)
    {
        dispute["status"] = IsInquiry(dispute) ? "warning_under_review" : "under_review";
        report("charge.dispute.updated", dispute);
    }

    public void Close(JsonObject dispute, bool isWon)
    {
        if (IsInquiry(dispute))
        {
            dispute["status"] = "warning_closed";
        }
        else if (isWon)
        {
            dispute["status"] = "won";
            Move(dispute, isTaken: false);
        }
        else
        {
            dispute["status"] = "lost";
        }

        report("charge.dispute.closed", dispute);
    }

    private static bool IsInquiry(JsonObject dispute) => ((string)dispute["status"]!).StartsWith("warning_", StringComparison.Ordinal);

    private void Move(JsonObject dispute, bool isTaken)
    {
        books.Get("charge", (string)dispute["charge"]!, "charge")["disputed"] = isTaken;
        books.Enter((string)dispute["id"]!, books.Get("payment_intent", (string)dispute["payment_intent"]!, "intent"), (isTaken ? -1 : 1) * (long)dispute["amount"]!);
    }
}
