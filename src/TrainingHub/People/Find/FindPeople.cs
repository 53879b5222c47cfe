using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.People;

/// <summary>People by part of a name or of an address.</summary>
internal static class FindPeople
{
    /// <summary>
    /// As many as <paramref name="most"/> of each kind, in no order, so that a name that half the country has is no more work than another:
    /// those whose name begins or ends so, those who have it anywhere in it, and those who have it in their address.
    /// </summary>
    public static IQueryable<Guid> Ids(TrainingHubDb db, SearchText text, int most)
    {
        var named = db.People.AsQueryable();
        foreach (var pattern in text.NamePatterns)
        {
            named = named.Where(person => EF.Functions.Like(person.NameKey, pattern, SearchText.Escape));
        }

        var ids = named.Some(most).Select(person => person.Id);
        if (text.AtTheEdge is var (begins, ends))
        {
            ids = ids.Union(db.People
                .Where(person => EF.Functions.Like(person.NameKey, begins, SearchText.Escape) || EF.Functions.Like(person.NameKey, ends, SearchText.Escape))
                .Some(most).Select(person => person.Id));
        }

        return text.EmailPattern is { } email
            ? ids.Union(db.People.Where(person => EF.Functions.Like(person.EmailKey, email, SearchText.Escape)).Some(most).Select(person => person.Id))
            : ids;
    }
}
