namespace TrainingHub.Tests.Payments;

/// <summary>One export of each bank, as that bank writes it, with the same payments in each: two that came in and one that left.</summary>
internal static class StatementFiles
{
    public const string Barclays =
        """
        Number,Date,Account,Amount,Subcategory,Memo
         ,16/04/2026,20-00-00 12345678,-42.00,Direct Debit,EXAMPLE ENERGY         DDR
         ,15/04/2026,20-00-00 12345678,1234.50,Counter Credit,EXAMPLE COUNCIL   	INV 43              BGC
        ,15/04/2026,20-00-00 12345678,110.00,Counter Credit,ST MARYS PRE SCHO   INV-00042           BGC
        """;

    public const string Lloyds =
        """
        Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance,
        16/04/2026,DD,'30-00-00,12345678,EXAMPLE ENERGY,42.00,,1302.50,
        15/04/2026,BGC,'30-00-00,12345678,EXAMPLE COUNCIL INV 43,,1234.50,1344.50,
        15/04/2026,FPI,'30-00-00,12345678,ST MARYS PRE SCHO INV-00042 600000001234567 30 15APR26 09:15,,110.00,110.00,
        """;

    public const string NatWest =
        """
        Date, Type, Description, Value, Balance, Account Name, Account Number

        16 Apr 2026,D/D,"'EXAMPLE ENERGY",-42.00,1302.50,"'TRAINING","'600000-12345678",
        15/04/2026,BAC,"'EXAMPLE COUNCIL , INV 43",1234.50,1344.50,"'TRAINING","'600000-12345678",
        15 Apr 2026,BAC,"'ST MARYS PRE SCHO , INV-00042 , FP 15/04/26 0915",110.00,110.00,"'TRAINING","'600000-12345678",
        """;

    public const string Hsbc =
        """
        16/04/2026,EXAMPLE ENERGY            DD,-42.00
        15/04/2026,EXAMPLE COUNCIL           INV 43,"1,234.50"
        15/04/2026,ST MARYS PRE SCHO         INV-00042,110.00
        """;

    public const string Nationwide =
        """
        "Account Name:","Training ****12345"
        "Account Balance:","£1,302.50"
        "Available Balance: ","£1,302.50"

        "Date","Transaction type","Description","Paid out","Paid in","Balance"
        "15 Apr 2026","Bank credit ST MARYS PRE SCHO","INV-00042","","£110.00","£110.00"
        "15 Apr 2026","Bank credit","EXAMPLE COUNCIL INV 43","","£1,234.50","£1,344.50"
        "16 Apr 2026","Direct debit","EXAMPLE ENERGY","£42.00","","£1,302.50"
        """;

    public const string Starling =
        """
        Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes
        ,Opening Balance,,,,0.00,,
        15/04/2026,ST MARYS PRE SCHO,INV-00042,FASTER PAYMENT,110.00,110.00,INCOME,
        15/04/2026,EXAMPLE COUNCIL,INV 43,FASTER PAYMENT,1234.50,1344.50,INCOME,
        16/04/2026,EXAMPLE ENERGY,DD1,DIRECT DEBIT,-42.00,1302.50,BILLS_AND_SERVICES,
        """;

    // The spaces after the colons are non-breaking.
    public const string Santander =
        "From:\u00A001/04/2026\u00A0to\u00A030/04/2026\r\n\u00A0\r\nAccount:\u00A0XXXX\u00A0XXXX\u00A0XXXX\u00A01234\r\n\u00A0\r\n"
        + "Date:\u00A016/04/2026\r\nDescription:\u00A0DIRECT DEBIT PAYMENT TO EXAMPLE ENERGY\r\nAmount:\u00A0-42.00\u00A0\r\nBalance:\u00A01302.50\u00A0\r\n\r\n"
        + "Date:\u00A015/04/2026\r\nDescription:\u00A0BANK GIRO CREDIT REF INV 43 FROM EXAMPLE COUNCIL\r\nAmount:\u00A01,234.50\u00A0GBP\r\nBalance:\u00A01344.50\u00A0GBP\r\n\r\n"
        + "Date:\u00A015/04/2026\r\nDescription:\u00A0FASTER PAYMENTS RECEIPT REF.INV-00042\r\n  FROM ST MARYS PRE SCHO\r\nAmount:\u00A0110.00\u00A0\r\nBalance:\u00A0110.00\u00A0\r\n";

    public static string Of(string bank) => bank switch
    {
        nameof(Barclays) => Barclays,
        nameof(Lloyds) => Lloyds,
        nameof(NatWest) => NatWest,
        nameof(Hsbc) => Hsbc,
        nameof(Nationwide) => Nationwide,
        nameof(Starling) => Starling,
        nameof(Santander) => Santander,
        _ => throw new ArgumentOutOfRangeException(nameof(bank), bank, null),
    };
}
