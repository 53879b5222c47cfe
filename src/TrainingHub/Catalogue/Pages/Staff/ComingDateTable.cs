namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>What the table of the coming dates of a record shows.</summary>
/// <param name="Count">All of them.</param>
/// <param name="Dates">At most <see cref="Most"/>, the next one first.</param>
internal sealed record ComingDateTable(int Count, IReadOnlyList<DateLine> Dates)
{
    public const int Most = 100;
}
