using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.People;

/// <summary>Organisations by part of their name or of a name that was merged into theirs.</summary>
internal static class FindNamedOrganisations
{
    /// <summary>From at most <paramref name="most"/> names, in no order; a merged name stands for the organisation that stayed.</summary>
    public static IQueryable<Organisation> Of(TrainingHubDb db, SearchText text, int most)
    {
        var named = db.Organisations.AsQueryable();
        foreach (var pattern in text.NamePatterns)
        {
            named = named.Where(organisation => EF.Functions.Like(organisation.SearchKey!, pattern, SearchText.Escape));
        }

        var ids = named.Some(most).Select(organisation => organisation.MergedIntoId ?? organisation.Id);
        return db.Organisations.Where(organisation => ids.Contains(organisation.Id));
    }
}
