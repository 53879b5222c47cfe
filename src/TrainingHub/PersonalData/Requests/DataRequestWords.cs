namespace TrainingHub.PersonalData;

internal static class DataRequestWords
{
    /// <summary>For a list.</summary>
    public static string Words(this DataRequestKind kind) => kind switch
    {
        DataRequestKind.Copy => "Copy",
        DataRequestKind.Erasure => "Erasure",
        DataRequestKind.Correction => "Correction",
    };

    /// <summary>To whoever asks: "a copy of your data".</summary>
    public static string ToAsker(this DataRequestKind kind) => kind switch
    {
        DataRequestKind.Copy => "a copy of your data",
        DataRequestKind.Erasure => "the erasure of your data",
        DataRequestKind.Correction => "a correction of your data",
    };

    public static string OfLine(ErasureLine line) => line.Kept is null ? line.What
        : $"{line.What}: {line.Kept[..1].ToLowerInvariant()}{line.Kept[1..]}{(line.Until is null or "no end" ? "" : $", until {line.Until}")}";
}
