using System.Text.RegularExpressions;
using TrainingHub.Platform.Files;

namespace TrainingHub.Attendance;

/// <summary>
/// The row that names the columns of a report, known by its shape and not by what stands above it: a column of names, and one of joining or
/// duration, or of address and role where an administrator keeps times out. Where a heading comes twice, as in an export of many meetings,
/// the last one is of the person.
/// </summary>
internal sealed partial record ReportHeading(IReadOnlyList<int> Names, IReadOnlyList<int> Addresses, int Joined, int Left, int Duration)
{
    private const int None = -1;

    public required ReportKind Kind { get; init; }

    /// <summary>Durations are whole minutes.</summary>
    public bool IsMinutes { get; private init; }

    /// <summary>Each row adds up all stays of somebody.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Yes for a stay before the host let them in.</summary>
    public int WaitingRoom { get; private init; } = None;

    /// <summary>No for who registered and did not come.</summary>
    public int Attended { get; private init; } = None;

    /// <summary>What somebody did, and when: a list of events.</summary>
    public int Event { get; init; } = None;

    /// <returns>Null when the row is none.</returns>
    public static ReportHeading? Of(SheetRow row)
    {
        var words = Array.ConvertAll(row.Cells, cell => Spaces().Replace(cell.Words.Replace('_', ' '), " ").Trim().ToLowerInvariant());
        int Last(Regex known) => Array.FindLastIndex(words, known.IsMatch);

        var (first, last) = (Last(FirstName()), Last(LastName()));
        var original = Last(OriginalName());
        var name = original != None ? original : Array.FindIndex(words, FullName().IsMatch);
        var (joined, left, duration) = (Last(JoinedWords()), Last(LeftWords()), Last(DurationWords()));
        var (address, user) = (Last(AddressWords()), Last(UserWords()));
        var (happened, at) = (Last(EventWords()), Last(TimestampWords()));
        if (happened != None && at != None && name != None)
        {
            return new([name], [], at, None, None) { Kind = ReportKind.Teams, Event = happened };
        }

        var names = name != None ? [name] : first != None && last != None ? new[] { first, last } : [];
        var hasTimes = joined != None || duration != None;
        if (names.Length == 0 || (!hasTimes && (address == None || (user == None && Last(RoleWords()) == None))))
        {
            return null;
        }

        var isMinutes = duration != None && words[duration].Contains("minutes", StringComparison.Ordinal);
        return new(names, [.. new[] { address, user }.Where(index => index != None)], joined, left, duration)
        {
            Kind = names.Length == 2 ? ReportKind.Meet : original != None || isMinutes ? ReportKind.Zoom : ReportKind.Teams,
            IsMinutes = isMinutes,
            IsWhole = names.Length == 2 || joined == None || FirstWords().IsMatch(words[joined]),
            WaitingRoom = Last(WaitingRoomWords()),
            Attended = Last(AttendedWords()),
        };
    }

    // English first; then German, French, Spanish, Portuguese, Italian, Dutch, Polish and Welsh, for whoever's Teams speaks them.
    [GeneratedRegex(@"^(full name|name|user name|participant|vollständiger name|nome( completo)?|nom( complet)?|nombre( completo)?|naam|volledige naam|nazwa|imię i nazwisko|enw( llawn)?)$")]
    private static partial Regex FullName();

    [GeneratedRegex(@"^(?:user )?name ?\(original name\)$")]
    private static partial Regex OriginalName();

    [GeneratedRegex("^first name$")]
    private static partial Regex FirstName();

    [GeneratedRegex("^last name$")]
    private static partial Regex LastName();

    [GeneratedRegex(@"^(first join|join time|time joined|joined|(erster )?beitritt.*|beitrittszeit.*|première (connexion|participation).*|heure (d.arrivée|de connexion).*|primer[ao]? (ingreso|acceso|unión|incorporación|ingresso|entrada|accesso|partecipazione).*|primeir[ao] (ingresso|entrada).*|prim[ao] (accesso|ingresso|partecipazione).*|hora de (ingreso|unión|entrada|ingresso).*|ora di (accesso|partecipazione).*|eerste deelname.*|tijd van deelname.*|pierwsze dołączenie.*|godzina dołączenia.*|ymuno( gyntaf)?)$")]
    private static partial Regex JoinedWords();

    [GeneratedRegex(@"^(last leave|leave time|time exited|left|letztes verlassen.*|verlassen.*|zeitpunkt des verlassens|dernier départ.*|heure de (départ|sortie).*|última (salida|saída).*|última.*|hora de (salida|saída).*|ultim[ao] (uscita|abbandono).*|ora di (uscita|abbandono).*|laatst verlaten.*|tijd van vertrek.*|ostatnie opuszczenie.*|godzina opuszczenia.*|gadael.*)$")]
    private static partial Regex LeftWords();

    [GeneratedRegex(@"^(in-meeting duration|duration|(total )?duration \(minutes\)|time in session \(minutes\)|dauer.*|besprechungsdauer.*|durée.*|duración.*|duração.*|durata.*|duur.*|vergaderduur.*|czas trwania.*|hyd.*)$")]
    private static partial Regex DurationWords();

    [GeneratedRegex(@"^(user )?e-?mail( address)?$|^(adresse e-mail|correo( electrónico)?|indirizzo e-mail|posta elettronica|e-mailadres|e-bost|e-mail-adresse)$")]
    private static partial Regex AddressWords();

    [GeneratedRegex(@"\(upn\)")]
    private static partial Regex UserWords();

    [GeneratedRegex("^(role|rolle|rôle|rol|função|ruolo|rola|rôl)$")]
    private static partial Regex RoleWords();

    [GeneratedRegex("^(user action|benutzeraktion|action de l.utilisateur|acción del usuario|ação do usuário)$")]
    private static partial Regex EventWords();

    [GeneratedRegex("^(timestamp|zeitstempel|horodatage|marca de tiempo|carimbo de data/hora)$")]
    private static partial Regex TimestampWords();

    [GeneratedRegex("first|erste|premi|prim|eerste|pierwsz|gyntaf")]
    private static partial Regex FirstWords();

    [GeneratedRegex("^in waiting room$")]
    private static partial Regex WaitingRoomWords();

    [GeneratedRegex("^attended$")]
    private static partial Regex AttendedWords();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
