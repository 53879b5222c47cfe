using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;
using TrainingHub.Reporting;

namespace TrainingHub.Desk;

internal sealed record PersonRow(Guid Id, string Name, string Email, string? Organisation, int Places, int Attended, DateOnly? LastOn);

/// <summary>Which people the list shows: by parts of name, address or organisation, also by what they were known as before a merge.</summary>
internal sealed record PeopleFilter(string? Q, string? Sort)
{
    public IQueryable<Person> Of(TrainingHubDb db)
    {
        var found = db.People.AsNoTracking();
        foreach (var typed in (Q ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().Take(6))
        {
            var (word, part) = (PersonKey.NameOf(typed), typed.ToLowerInvariant());
            found = found.Where(person => person.NameKey.Contains(word) || person.EmailKey.Contains(part)
                || db.PersonAliases.Any(alias => alias.PersonId == person.Id && (alias.NameKey.Contains(word) || alias.EmailKey.Contains(part)))
                || db.Places.Any(place => place.PersonId == person.Id && db.Bookings.Any(booking => booking.Id == place.BookingId
                    && db.Organisations.Any(one => one.Id == booking.OrganisationId && PersonKey.OfColumn(one.Name).Contains(word)))));
        }

        return found;
    }

    public IQueryable<PersonRow> Rows(TrainingHubDb db)
    {
        var rows =
            from person in Of(db)
            select new
            {
                Person = person,
                LastOn = db.Places.Where(place => place.PersonId == person.Id).Join(db.CourseRuns, place => place.RunId, run => run.Id, (place, run) => (DateOnly?)run.RunsOn).Max(),
            };
        var ordered = Sort switch
        {
            "-name" => rows.OrderByDescending(row => row.Person.Name),
            "last" => rows.OrderBy(row => row.LastOn).ThenBy(row => row.Person.Name),
            "-last" => rows.OrderByDescending(row => row.LastOn != null).ThenByDescending(row => row.LastOn).ThenBy(row => row.Person.Name),
            _ => rows.OrderBy(row => row.Person.Name),
        };
        return ordered.ThenBy(row => row.Person.Id).Select(row => new PersonRow(
            row.Person.Id,
            row.Person.Name,
            row.Person.Email,
            (from place in db.Places
             join booking in db.Bookings on place.BookingId equals booking.Id
             join one in db.Organisations on booking.OrganisationId equals one.Id
             where place.PersonId == row.Person.Id
             orderby booking.CreatedAt descending, booking.Id
             select one.Name).FirstOrDefault(),
            db.LivePlaces.Count(place => place.PersonId == row.Person.Id),
            db.RegisterPlaces.Count(line => line.PersonId == row.Person.Id && line.Attended == true),
            row.LastOn));
    }

    public async Task<TextTable> TableAsync(TrainingHubDb db, CancellationToken ct) => new(
        ["name", "email", "organisation", "places", "attended", "last_date"],
        [.. (await Rows(db).Take(ListFile.MostRows).ToListAsync(ct)).Select(row => new[]
        {
            row.Name, row.Email, row.Organisation ?? "", ReportNumbers.Number(row.Places), ReportNumbers.Number(row.Attended), row.LastOn is { } last ? last.ToString("O", CultureInfo.InvariantCulture) : "",
        })]);
}
