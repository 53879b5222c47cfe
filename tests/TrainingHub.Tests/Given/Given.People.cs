using Microsoft.EntityFrameworkCore;
using TrainingHub.People;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    public async Task<Sector> SectorAsync(string? name = null) =>
        await AddedAsync(new Sector { Id = Guid.CreateVersion7(), Name = name ?? $"Sector {Guid.NewGuid():N}", SortOrder = 1 });

    public async Task<Area> AreaAsync(string? name = null)
    {
        name ??= $"Area {Guid.NewGuid():N}";
        return await AddedAsync(new Area { Id = Guid.CreateVersion7(), Name = name, LongName = name, SortOrder = 1 });
    }

    /// <summary>A sector of the reference list.</summary>
    public async Task<Guid> SectorIdAsync(string name = "Education")
    {
        await using var db = Db();
        return await db.Sectors.Where(sector => sector.Name == name).Select(sector => sector.Id).SingleAsync(ct);
    }

    /// <summary>An area of the reference list.</summary>
    public async Task<Guid> AreaIdAsync(string name = "BCP")
    {
        await using var db = Db();
        return await db.Areas.Where(area => area.Name == name).Select(area => area.Id).SingleAsync(ct);
    }

    /// <summary>Somebody who is known and has no place.</summary>
    public async Task<Person> PersonAsync(string name, string email) => await AddedAsync(NewPerson(name, email, Now));

    public static Person NewPerson(string name, string email, DateTimeOffset createdAt, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(),
        Email = email,
        EmailKey = PersonKey.Of(email, name).Email,
        Name = name,
        NameKey = PersonKey.NameOf(name),
        CreatedAt = createdAt,
    };

    public async Task<Organisation> OrganisationAsync(string name, bool isApproved = false) => await AddedAsync(NewOrganisation(name, isApproved));

    public static Organisation NewOrganisation(string name, bool isApproved = false) =>
        new() { Id = Guid.CreateVersion7(), Name = name, NameKey = Organisation.KeyOf(name), IsApproved = isApproved };

    /// <summary>A coordinator's account that nobody can sign in to: it only stands behind a decision.</summary>
    public async Task<Guid> StaffAsync(string name = "Cora Coordinator")
    {
        var user = await AddedAsync(new StaffUser { Id = Guid.CreateVersion7(), Name = name, CreatedAt = Now });
        return user.Id;
    }

    /// <summary>E-learning that somebody completed elsewhere.</summary>
    public Task ELearningAsync(Guid person, string title, DateOnly on) => AddAsync(new ELearningCompletion
    {
        Id = Guid.CreateVersion7(),
        PersonId = person,
        Title = title,
        TitleKey = ELearningCompletion.KeyOf(title),
        CompletedOn = on,
    });
}
