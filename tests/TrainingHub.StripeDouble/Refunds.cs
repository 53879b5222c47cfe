using System.Text.Json.Nodes;

namespace TrainingHub.StripeDouble;

/// <summary>Refunds: never more than what is left of the charge. Called under <see cref="Books.Gate"/>.</summary>
internal sealed class Refunds(Books books, Action<string, JsonObject> report)
{
    /// <summary>When set, a new refund stays pending until <see cref="Settle"/>, as one by bank transfer does.</summary>
    public bool StayPending { get; set; }

    public JsonObject Create(JsonObject fields)
    {
        if (fields["expand"] is not null)
        {
            throw StripeRefusal.Invalid(null, "This property cannot be expanded.", "expand");
        }

        var charge = ChargeOf(fields);
        if ((bool)charge["disputed"]!)
        {
            throw StripeRefusal.NotAllowedNow("charge_disputed", $"Charge {charge["id"]} has been charged back; cannot issue a refund.");
        }

        var left = (long)charge["amount"]! - (long)charge["amount_refunded"]!;
        if (left == 0)
        {
            throw StripeRefusal.NotAllowedNow("charge_already_refunded", $"Charge {charge["id"]} has already been refunded.");
        }

        var amount = (long?)fields["amount"] ?? left;
        if (amount < 1)
        {
            throw StripeRefusal.Invalid("parameter_invalid_integer", "This value must be greater than or equal to 1.", "amount");
        }

        if (amount > left)
        {
            throw StripeRefusal.NotAllowedNow(null, $"Refund amount ({amount} pence) is greater than unrefunded amount on charge ({left} pence)", "amount");
        }

        var refund = books.Add(new JsonObject
        {
            ["id"] = Books.NewId("re_"),
            ["object"] = "refund",
            ["amount"] = amount,
            ["currency"] = charge["currency"]!.DeepClone(),
            ["charge"] = charge["id"]!.DeepClone(),
            ["payment_intent"] = charge["payment_intent"]!.DeepClone(),
            ["reason"] = fields["reason"]?.DeepClone(),
            ["status"] = StayPending ? "pending" : "succeeded",
            ["created"] = books.Now,
            ["metadata"] = fields["metadata"]?.DeepClone() ?? new JsonObject(),
            ["receipt_number"] = null,
        });
        Move(charge, refund, amount);
        report("refund.created", refund);
        report("charge.refunded", charge);
        return refund;
    }

    /// <summary>Ends a pending refund; a failed one gives the money back to the charge.</summary>
    public void Settle(JsonObject refund, bool succeeds)
    {
        if ((string?)refund["status"] != "pending")
        {
            throw StripeRefusal.NotAllowedNow(null, $"This refund has a status of {refund["status"]}.");
        }

        if (succeeds)
        {
            refund["status"] = "succeeded";
            report("refund.updated", refund);
            return;
        }
        refund["status"] = "failed";
        refund["failure_reason"] = "expired_or_canceled_card";
        Move(books.Get("charge", (string)refund["charge"]!, "charge"), refund, -(long)refund["amount"]!);
        report("refund.failed", refund);
    }

    private JsonObject ChargeOf(JsonObject fields)
    {
        if ((string?)fields["charge"] is { } charge)
        {
            return books.Get("charge", charge, "charge");
        }

        if ((string?)fields["payment_intent"] is not { } id)
        {
            throw StripeRefusal.Invalid("parameter_missing", "One of the following params should be provided for this request: payment_intent or charge.", null);
        }

        var intent = books.Get("payment_intent", id, "payment_intent");
        return (string?)intent["latest_charge"] is { } latest
            ? books.Get("charge", latest, "charge")
            : throw StripeRefusal.NotAllowedNow(null, $"This PaymentIntent ({id}) does not have a successful charge to refund.", "payment_intent");
    }

    private void Move(JsonObject charge, JsonObject refund, long amount)
    {
        charge["amount_refunded"] = (long)charge["amount_refunded"]! + amount;
        charge["refunded"] = (long)charge["amount_refunded"]! == (long)charge["amount"]!;
        books.Enter((string)refund["id"]!, books.Get("payment_intent", (string)charge["payment_intent"]!, "payment_intent"), -amount);
    }
}
