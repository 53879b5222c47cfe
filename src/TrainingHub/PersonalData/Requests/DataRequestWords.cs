namespace TrainingHub.PersonalData;

internal static class DataRequestWords
{
    /// <summary>For a list.</summary>
    public static string Words(this DataRequestKind kind) => kind switch
    {
        DataRequestKind.Copy => "Copy",
        DataRequestKind.Erasure => "Erasure",
        DataRequestKind.Correction => "Correction",
        DataRequestKind.Complaint => "Complaint",
    };

    /// <summary>To whoever asks: "a copy of your data".</summary>
    public static string ToAsker(this DataRequestKind kind) => kind switch
    {
        DataRequestKind.Copy => "a copy of your data",
        DataRequestKind.Erasure => "the erasure of your data",
        DataRequestKind.Correction => "a correction of your data",
        DataRequestKind.Complaint => "an answer to your complaint",
    };

    /// <summary>What it is called in a sentence.</summary>
    public static string Noun(this DataRequestKind kind) => kind == DataRequestKind.Complaint ? "complaint" : "request";

    /// <summary>Of a page about it: "Copy for Ann Ames", "Complaint from Ann Ames".</summary>
    public static string Title(this DataRequest request) =>
        $"{request.Kind.Words()} {(request.Kind == DataRequestKind.Complaint ? "from" : "for")} {request.Name ?? "somebody who was erased"}";

    /// <summary>To whoever complained.</summary>
    public static string ToAsker(this ComplaintFinding finding) => finding switch
    {
        ComplaintFinding.Upheld => "You are right.",
        ComplaintFinding.PartlyUpheld => "You are right in part.",
        ComplaintFinding.NotUpheld => "We find that we did nothing wrong.",
        ComplaintFinding.Withdrawn => "You took your complaint back.",
    };

    /// <summary>For staff.</summary>
    public static string Words(this ComplaintFinding finding) => finding switch
    {
        ComplaintFinding.Upheld => "They are right",
        ComplaintFinding.PartlyUpheld => "They are right in part",
        ComplaintFinding.NotUpheld => "We did nothing wrong",
        ComplaintFinding.Withdrawn => "They took it back",
    };

    public static string Words(this AnswerWay way) => way switch
    {
        AnswerWay.Email => "by email",
        AnswerWay.Paper => "not by email",
    };

    public static string OfLine(ErasureLine line) => line.Kept is null ? line.What
        : $"{line.What}: {line.Kept[..1].ToLowerInvariant()}{line.Kept[1..]}{(line.Until is null or "no end" ? "" : $", until {line.Until}")}";
}
