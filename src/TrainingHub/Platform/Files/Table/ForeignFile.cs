namespace TrainingHub.Platform.Files;

/// <summary>Recognises files that belong elsewhere by the shape of their first rows, so that the refusal can say what they are.</summary>
internal static class ForeignFile
{
    private static readonly (string What, string[][] Headings)[] Shapes =
    [
        ("a Teams attendance report",
        [
            ["name", "first_join"], ["full_name", "join_time"], ["full_name", "user_action"], ["name", "join_time", "leave_time", "duration"],
            ["name", "in_meeting_duration"], ["1_summary"], ["meeting_summary"],
        ]),
        ("a Zoom attendance report",
        [
            ["name_original_name"], ["user_name_original_name"], ["meeting_id", "topic"], ["attendee_report"], ["topic", "webinar_id"],
        ]),
        ("a Google Meet attendance report", [["first_name", "time_joined", "time_exited"]]),
        ("a bank statement",
        [
            ["transaction_date", "debit_amount", "credit_amount"], ["number", "date", "account", "amount", "memo"], ["date", "type", "description", "value", "balance"],
            ["date", "transaction_type", "paid_out", "paid_in"], ["date", "counter_party", "amount_gbp"],
        ]),
        ("a report of this system", [["measure", "value"], ["group", "name", "booked", "attended"], ["month", "course", "places", "charged"], ["question", "answer", "count", "base"]]),
    ];

    /// <summary>Another kind of import whose required columns are all there, or null.</summary>
    public static FileKind? OtherKind(IReadOnlyList<SheetRow> rows, FileRules rules)
    {
        var first = FirstRows(rows);
        return rules.Others.FirstOrDefault(kind => first.Exists(row => kind.Required.All(column => row.Contains(FileColumn.KeyOf(column.Name)))));
    }

    /// <summary>"a Teams attendance report", or null when it is none that is known.</summary>
    public static string? WhatIs(IReadOnlyList<SheetRow> rows)
    {
        var first = FirstRows(rows);
        foreach (var (what, headings) in Shapes)
        {
            if (first.Exists(row => Array.Exists(headings, shape => Array.TrueForAll(shape, row.Contains))))
            {
                return what;
            }
        }

        return null;
    }

    private static List<HashSet<string>> FirstRows(IReadOnlyList<SheetRow> rows) =>
        [.. rows.Take(2 * FileTable.HeaderWithin).Select(row => row.Cells.Select(cell => FileColumn.KeyOf(cell.Words)).ToHashSet(StringComparer.Ordinal))];
}
