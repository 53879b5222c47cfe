using System.Text.Json.Nodes;

namespace TrainingHub.StripeDouble;

/// <summary>
/// Checkout sessions: made, paid, declined, expired. Each verb is called under <see cref="Books.Gate"/> and reports what
/// happened as an event. As at Stripe, the payment intent comes into being with the first try to pay.
/// </summary>
internal sealed class Checkout(Books books, Action<string, JsonObject> report, StripeDoubleOptions options)
{
    private const long SmallestPence = 30;

    /// <summary>The address under which this double is reached; set once it listens.</summary>
    public Uri PublicUrl { get; set; } = new("http://127.0.0.1/");

    /// <summary>When set, no address of a buyer is good enough: Stripe is stricter than a site at times.</summary>
    public bool RefuseAddresses { get; set; }

    public JsonObject Create(JsonObject fields)
    {
        var created = books.Now;
        var lines = fields["line_items"]!.AsArray();
        if (lines.Count is 0 or > 100)
        {
            throw StripeRefusal.Invalid(null, "Checkout Sessions take 1 to 100 line items.", "line_items");
        }

        var currency = CurrencyOf(lines);
        var items = new JsonArray([.. lines.Select((line, i) => Item(line!, i))]);
        var total = items.Sum(item => (long)item!["amount_total"]!);
        if (total < SmallestPence)
        {
            throw StripeRefusal.Invalid("amount_too_small", $"The Checkout Session's total amount must convert to at least {SmallestPence} pence.", null);
        }

        CheckAddresses(fields);

        var id = Books.NewId("cs_test_");
        var session = new JsonObject
        {
            ["id"] = id,
            ["object"] = "checkout.session",
            ["livemode"] = false,
            ["created"] = created,
            ["expires_at"] = ExpiresAt(fields, created),
            ["mode"] = "payment",
            ["status"] = "open",
            ["payment_status"] = "unpaid",
            ["url"] = new Uri(PublicUrl, "c/pay/" + id).ToString(),
            ["success_url"] = fields["success_url"]!.DeepClone(),
            ["cancel_url"] = fields["cancel_url"]?.DeepClone(),
            ["client_reference_id"] = fields["client_reference_id"]?.DeepClone(),
            ["customer"] = null,
            ["customer_email"] = fields["customer_email"]?.DeepClone(),
            ["customer_details"] = fields["customer_email"] is null ? null : new JsonObject { ["email"] = fields["customer_email"]!.DeepClone(), ["name"] = null },
            ["currency"] = currency,
            ["amount_subtotal"] = total,
            ["amount_total"] = total,
            ["payment_intent"] = null,
            ["payment_method_types"] = new JsonArray("card", "pay_by_bank"),
            ["metadata"] = fields["metadata"]?.DeepClone() ?? new JsonObject(),
            ["locale"] = fields["locale"]?.DeepClone(),
            ["submit_type"] = fields["submit_type"]?.DeepClone(),
            ["total_details"] = new JsonObject { ["amount_discount"] = 0, ["amount_shipping"] = 0, ["amount_tax"] = 0 },
            ["ui_mode"] = "hosted_page",
        };
        books.LineItems[id] = items;
        books.LineItems[id + "/intent"] = [fields["payment_intent_data"]?.DeepClone() ?? new JsonObject()];
        return books.Add(session);
    }

    /// <summary>The card is accepted at once.</summary>
    public void PayByCard(JsonObject session)
    {
        var intent = Intent(session);
        Close(session, "paid");
        Charge(intent);
        report("payment_intent.succeeded", intent);
        report("checkout.session.completed", session);
    }

    /// <summary>The buyer leaves, the money comes (or does not) after <see cref="StripeDoubleOptions.BankDelay"/>.</summary>
    public void PayByBank(JsonObject session, bool succeeds)
    {
        var intent = Intent(session);
        intent["status"] = "processing";
        Close(session, "unpaid");
        books.Bank[(string)session["id"]!] = new BankPayment(books.Now + (long)options.BankDelay.TotalSeconds, succeeds);
        report("checkout.session.completed", session);
    }

    public void SettleBank(JsonObject session, bool succeeds)
    {
        if (!books.Bank.Remove((string)session["id"]!))
        {
            throw StripeRefusal.NotAllowedNow(null, "No bank payment is under way for this Checkout Session.");
        }

        var intent = books.Get("payment_intent", (string)session["payment_intent"]!, "intent");
        if (succeeds)
        {
            session["payment_status"] = "paid";
            Charge(intent);
            report("payment_intent.succeeded", intent);
            report("checkout.session.async_payment_succeeded", session);
            return;
        }
        intent["status"] = "requires_payment_method";
        intent["last_payment_error"] = new JsonObject { ["type"] = "invalid_request_error", ["code"] = "payment_intent_payment_attempt_failed", ["message"] = "The bank refused the payment." };
        report("payment_intent.payment_failed", intent);
        report("checkout.session.async_payment_failed", session);
    }

    /// <summary>The card is refused; the session stays open for another try.</summary>
    public void Decline(JsonObject session)
    {
        var intent = Intent(session);
        intent["status"] = "requires_payment_method";
        intent["last_payment_error"] = new JsonObject { ["type"] = "card_error", ["code"] = "card_declined", ["decline_code"] = "generic_decline", ["message"] = "Your card was declined." };
        report("payment_intent.payment_failed", intent);
    }

    public JsonObject Expire(JsonObject session)
    {
        if ((string?)session["status"] != "open")
        {
            throw StripeRefusal.NotAllowedNow(null, $"Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {session["status"]}.", "session");
        }

        session["status"] = "expired";
        session["url"] = null;
        report("checkout.session.expired", session);
        return session;
    }

    /// <summary>Does what time has brought: expires old sessions, settles bank payments. Says whether anything changed.</summary>
    public bool CatchUp()
    {
        var old = books.NewestFirst("checkout.session").Where(one => (string?)one["status"] == "open" && (long)one["expires_at"]! <= books.Now).ToList();
        old.ForEach(session => Expire(session));
        var due = books.Bank.Where(one => one.Value.SettlesAt <= books.Now).ToList();
        foreach (var (id, payment) in due)
        {
            SettleBank(books.Get("checkout.session", id, "session"), payment.Succeeds);
        }

        return old.Count + due.Count > 0;
    }

    private JsonObject Intent(JsonObject session)
    {
        if ((string?)session["status"] != "open")
        {
            throw StripeRefusal.NotAllowedNow(null, $"This Checkout Session has a status of {session["status"]}.");
        }

        if ((string?)session["payment_intent"] is { } known)
        {
            return books.Get("payment_intent", known, "intent");
        }

        var wanted = books.LineItems[(string)session["id"]! + "/intent"][0]!;
        var intent = books.Add(new JsonObject
        {
            ["id"] = Books.NewId("pi_"),
            ["object"] = "payment_intent",
            ["amount"] = session["amount_total"]!.DeepClone(),
            ["amount_received"] = 0L,
            ["currency"] = session["currency"]!.DeepClone(),
            ["status"] = "requires_payment_method",
            ["latest_charge"] = null,
            ["payment_method_types"] = session["payment_method_types"]!.DeepClone(),
            ["description"] = wanted["description"]?.DeepClone(),
            ["receipt_email"] = wanted["receipt_email"]?.DeepClone(),
            ["metadata"] = wanted["metadata"]?.DeepClone() ?? new JsonObject(),
            ["created"] = books.Now,
            ["livemode"] = false,
            ["canceled_at"] = null,
            ["cancellation_reason"] = null,
            ["last_payment_error"] = null,
        });
        session["payment_intent"] = intent["id"]!.DeepClone();
        return intent;
    }

    private void Charge(JsonObject intent)
    {
        var charge = books.Add(new JsonObject
        {
            ["id"] = Books.NewId("ch_"),
            ["object"] = "charge",
            ["amount"] = intent["amount"]!.DeepClone(),
            ["amount_refunded"] = 0L,
            ["refunded"] = false,
            ["paid"] = true,
            ["status"] = "succeeded",
            ["currency"] = intent["currency"]!.DeepClone(),
            ["payment_intent"] = intent["id"]!.DeepClone(),
            ["receipt_url"] = null,
            ["created"] = books.Now,
            ["livemode"] = false,
            ["metadata"] = intent["metadata"]!.DeepClone(),
            ["disputed"] = false,
        });
        intent["status"] = "succeeded";
        intent["amount_received"] = intent["amount"]!.DeepClone();
        intent["latest_charge"] = charge["id"]!.DeepClone();
        intent["last_payment_error"] = null;
        books.Enter((string)charge["id"]!, intent, (long)intent["amount"]!);
    }

    private static void Close(JsonObject session, string paymentStatus)
    {
        session["status"] = "complete";
        session["payment_status"] = paymentStatus;
        session["url"] = null;
    }

    private static long ExpiresAt(JsonObject fields, long created)
    {
        var wanted = (long?)fields["expires_at"] ?? created + 24 * 3600;
        return wanted >= created + 30 * 60 && wanted <= created + 24 * 3600
            ? wanted
            : throw StripeRefusal.Invalid(null, "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.", "expires_at");
    }

    private static string CurrencyOf(JsonArray lines)
    {
        var currencies = lines.Select(line => ((string)line!["price_data"]!["currency"]!).ToLowerInvariant()).Distinct().ToList();
        if (currencies.Count > 1)
        {
            throw StripeRefusal.Invalid(null, "All line items must have the same currency.", "line_items");
        }

        return currencies[0] is "gbp" or "eur" or "usd"
            ? currencies[0]
            : throw StripeRefusal.Invalid(null, $"Invalid currency: {currencies[0]}.", "line_items[0][price_data][currency]");
    }

    private static JsonObject Item(JsonNode line, int index)
    {
        var quantity = (long)line["quantity"]!;
        var unit = (long)line["price_data"]!["unit_amount"]!;
        if (quantity is < 1 or > 999_999)
        {
            throw StripeRefusal.Invalid("parameter_invalid_integer", "This value must be greater than or equal to 1.", $"line_items[{index}][quantity]");
        }

        if (unit is < 0 or > 99_999_999)
        {
            throw StripeRefusal.Invalid("parameter_invalid_integer", "Invalid non-negative integer", $"line_items[{index}][price_data][unit_amount]");
        }

        return new JsonObject
        {
            ["id"] = Books.NewId("li_"),
            ["object"] = "item",
            ["amount_subtotal"] = quantity * unit,
            ["amount_total"] = quantity * unit,
            ["amount_tax"] = 0,
            ["currency"] = ((string)line["price_data"]!["currency"]!).ToLowerInvariant(),
            ["description"] = line["price_data"]!["product_data"]!["name"]!.DeepClone(),
            ["quantity"] = quantity,
        };
    }

    private void CheckAddresses(JsonObject fields)
    {
        foreach (var name in (string[])["success_url", "cancel_url"])
        {
            if ((string?)fields[name] is { } text && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            {
                throw StripeRefusal.Invalid("url_invalid", "Not a valid URL", name);
            }
        }
        if ((string?)fields["customer_email"] is { } email && (RefuseAddresses || email.IndexOf('@', StringComparison.Ordinal) <= 0 || email.Contains(' ', StringComparison.Ordinal)))
        {
            throw StripeRefusal.Invalid("email_invalid", $"Invalid email address: {email}", "customer_email");
        }

        if (fields["expand"] is not null)
        {
            throw StripeRefusal.Invalid(null, "This property cannot be expanded.", "expand");
        }
    }
}
