using TrainingHub.Payments;

namespace TrainingHub.Tests.Payments.Documents;

/// <summary>Documents of money for tests; a test states only what matters to it.</summary>
internal static class SampleDocuments
{
    public static readonly DateOnly Day = new(2026, 4, 30);

    public static MoneyDocument Invoice(params IReadOnlyList<MoneyDocumentLine> lines) => new()
    {
        Kind = MoneyDocumentKind.Invoice,
        Number = "INV-00042",
        IssuedOn = Day,
        DueOn = Day.AddDays(30),
        Seller = new("Fernshire Safeguarding Partnership", ["County Hall", "Fernchester", "FC1 1AA"], "training@example.org", "01632 960001", null),
        Buyer = new("St Brannoc’s Primary School", ["Church Lane", "Little Marlow", "FC2 3BB"], "office@school.example"),
        PurchaseOrder = "PO 7788",
        BookingReference = "K7QM2X9P",
        Lines = lines.Count > 0 ? lines : [new("Neglect, 12 May 2026", "Siân Llŷr ap Gwilym", 8_200), new("Neglect, 12 May 2026", "Bartłomiej Wiśniewski-Żółć", 8_200)],
        HowToPay = "Fernshire Council\nSort code 00-00-00\nAccount 00000000",
        PayLink = new Uri("https://training.example.org/b/abc/invoice"),
    };

    public static MoneyDocument CreditNote() => Invoice() with
    {
        Kind = MoneyDocumentKind.CreditNote,
        Number = "CN-00007",
        DueOn = null,
        Credits = new("INV-00042", Day.AddDays(-9)),
        HowToPay = "",
        PayLink = null,
    };

    /// <summary>As much as one order can be: thirty people on each of ten dates.</summary>
    public static MoneyDocument Largest() => Invoice([.. Enumerable.Range(0, 300).Select(place => new MoneyDocumentLine(
        $"Working together to safeguard children with multi-agency partners, module {(place / 30) + 1}, {place / 30} June 2026",
        place % 30 == 7 ? "Maximiliana Featherstonehaugh-Cholmondeley née Wolfeschlegelsteinhausenbergerdorff of Llanfairpwllgwyngyll" : $"Person Number{place}",
        4_100 + place))]);
}
