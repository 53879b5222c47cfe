using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.People;
using TrainingHub.Platform.Email;

namespace TrainingHub.Portal;

/// <summary>Somebody of a staff list and who they may be.</summary>
/// <param name="Member"></param>
/// <param name="Candidates">The likeliest first; nobody when no name is like theirs.</param>
/// <param name="Proposed">Who they are, or probably are.</param>
/// <param name="IsSure">Nobody needs to look.</param>
internal sealed record StaffMatch(StaffMember Member, IReadOnlyList<TrainedPerson> Candidates, Guid? Proposed, bool IsSure);

/// <summary>
/// Finds the people of a staff list among those who were trained: by address and name, or by a name that only one of them has. What is merely
/// alike (a slip of the keyboard, a short form, another surname at the same address) is proposed, and a person decides.
/// </summary>
internal sealed class MatchStaff(TrainingHubDb db)
{
    private const int MostCandidates = 3;

    // Shares of the three-letter groups that two names have in common. “Jon Smith” and “John Smith” share 0.6, “Alice” and “Alan Smith” 0.5.
    private const double Alike = 0.4;
    private const double Likely = 0.6;

    private sealed record SimilarName(int Row, Guid Person, double Likeness);

    public async Task<IReadOnlyList<StaffMatch>> RunAsync(IReadOnlyList<StaffMember> members, IReadOnlyList<TrainedPerson> people, CancellationToken ct)
    {
        var byName = people.SelectMany(person => ReportName.KeysOf(person.Name).Select(key => (key, person))).ToLookup(pair => pair.key, pair => pair.person);
        var byEmail = people.ToLookup(person => person.EmailKey);
        var exact = members.ToDictionary(member => member.Row, member => Exact(member, byName, byEmail));
        // Two rows that name one person cannot both be right.
        var claimed = exact.Values.OfType<TrainedPerson>().CountBy(person => person.Id).ToDictionary();
        var sure = exact.Where(pair => pair.Value is { } person && claimed[person.Id] == 1).ToDictionary(pair => pair.Key, pair => pair.Value);
        var taken = sure.Values.Select(person => person?.Id).ToHashSet();
        var free = people.Where(person => !taken.Contains(person.Id)).ToList();
        var open = members.Where(member => !sure.ContainsKey(member.Row)).ToList();
        var alike = (await AlikeAsync(open, free, ct)).ToLookup(one => one.Row);
        var known = free.ToDictionary(person => person.Id);
        return [.. members.Select(member => sure.GetValueOrDefault(member.Row) is { } person
            ? new StaffMatch(member, [person], person.Id, IsSure: true)
            : Propose(member, alike[member.Row], Addressed(member, byEmail).Where(one => known.ContainsKey(one.Id)), known))];
    }

    private static TrainedPerson? Exact(StaffMember member, ILookup<string, TrainedPerson> byName, ILookup<string, TrainedPerson> byEmail)
    {
        var named = byName[PersonKey.NameOf(member.Name)].DistinctBy(person => person.Id).ToList();
        var both = named.Intersect(Addressed(member, byEmail)).ToList();
        return both is [var one] ? one : both.Count == 0 && named is [var only] ? only : null;
    }

    private static IEnumerable<TrainedPerson> Addressed(StaffMember member, ILookup<string, TrainedPerson> byEmail) =>
        member.Email is { } email ? byEmail[EmailAddress.KeyOf(email)] : [];

    private static StaffMatch Propose(StaffMember member, IEnumerable<SimilarName> alike, IEnumerable<TrainedPerson> addressed, Dictionary<Guid, TrainedPerson> known)
    {
        var names = alike.OrderByDescending(one => one.Likeness).ThenBy(one => one.Person).ToList();
        // An office shares an address; so it is who they are only where a word of the name is the same.
        var reached = addressed.Where(person => ReportName.ShareWord(person.Name, member.Name)).ToList();
        var candidates = reached.Concat(names.Select(one => known[one.Person])).DistinctBy(person => person.Id).Take(MostCandidates).ToList();
        var isLikely = reached.Count == 1 || (reached.Count == 0 && names is [{ Likeness: >= Likely }, ..]);
        return new(member, candidates, isLikely ? candidates[0].Id : null, IsSure: false);
    }

    private async Task<List<SimilarName>> AlikeAsync(List<StaffMember> members, List<TrainedPerson> people, CancellationToken ct)
    {
        var (rows, names) = (members.ConvertAll(member => member.Row).ToArray(), members.ConvertAll(member => Words(member.Name)).ToArray());
        var (ids, known) = (people.ConvertAll(person => person.Id).ToArray(), people.ConvertAll(person => Words(person.Name)).ToArray());
        return await db.Database.SqlQuery<SimilarName>(
            $"""
            select listed.row as "Row", trained.person as "Person", similarity(listed.name, trained.name)::float8 as "Likeness"
            from unnest({rows}, {names}) as listed (row, name)
            cross join unnest({ids}, {known}) as trained (person, name)
            where similarity(listed.name, trained.name) >= {Alike}
            """).ToListAsync(ct);
    }

    // Word by word, as the groups of three letters begin anew with each.
    private static string Words(string name) =>
        string.Join(' ', name.Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries).Select(PersonKey.NameOf));
}
