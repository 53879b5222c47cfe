using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>
/// A name that people choose from a list: an area, a sector, a toolkit. It is never deleted, since what was said with it stays;
/// archived, it is offered no more.
/// </summary>
/// <typeparam name="TSelf">The record.</typeparam>
internal interface IListed<TSelf> : IEdited
    where TSelf : class, IListed<TSelf>
{
    string Name { get; }

    /// <summary>Its place in the list, lowest first.</summary>
    int SortOrder { get; set; }

    ListedFacts Facts { get; }

    void Take(ListedFacts facts);

    static abstract TSelf New(Guid id);
}
