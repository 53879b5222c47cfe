using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace TrainingHub.Tests.House;

/// <summary>
/// Names of enum values that SQL quotes ('Confirmed'), held against the enums of the columns that they are compared with or
/// written to. Which column has which enum comes from the model. Every quoted word in PascalCase is taken for such a name.
/// </summary>
internal sealed partial class EnumNames
{
    private readonly Dictionary<(string Table, string Column), HashSet<string>> columns = [];

    public EnumNames(IModel model)
    {
        foreach (var entity in model.GetEntityTypes().Where(entity => !entity.IsMappedToJson()))
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table) ?? StoreObjectIdentifier.Create(entity, StoreObjectType.View);
            foreach (var property in entity.GetProperties().Where(_ => table is not null))
            {
                var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                if (type.IsEnum && property.GetColumnName(table!.Value) is { } column)
                {
                    columns[(table.Value.Name, column)] = [.. Enum.GetNames(type)];
                }
            }
        }
    }

    /// <summary>What is wrong in a statement, one line for each name.</summary>
    public IEnumerable<string> Faults(string sql) => Faults(sql, TablesOf(sql));

    /// <summary>The same of a view's definition, which may name what its own columns have.</summary>
    public IEnumerable<string> FaultsOfView(string view, string sql) => Faults(sql, [.. TablesOf(sql), (view, "")]);

    private IEnumerable<string> Faults(string sql, List<(string Table, string Alias)> tables)
    {
        foreach (Match name in Quoted().Matches(sql))
        {
            var (known, what) = KnownAt(sql[..name.Index], tables);
            if (!known.Contains(name.Groups[1].Value))
            {
                yield return $"'{name.Groups[1].Value}' is no name of {what}";
            }
        }
    }

    /// <summary>The names that may stand after these words.</summary>
    private (HashSet<string> Names, string What) KnownAt(string before, List<(string Table, string Alias)> tables)
    {
        var compared = Compared().Match(before);
        if (!compared.Success || !columns.Keys.Any(key => key.Column == compared.Groups[2].Value))
        {
            // Written, or given on by a case: any enum of the tables that the statement names.
            var named = tables.Select(table => table.Table).ToHashSet();
            return (NamesWhere(key => named.Count == 0 || named.Contains(key.Table)), $"any column of {string.Join(", ", named)}");
        }

        var (alias, column) = (compared.Groups[1].Value, compared.Groups[2].Value);
        var meant = tables.Where(table => alias.Length == 0 || table.Alias == alias).Select(table => table.Table).ToHashSet();
        var names = NamesWhere(key => key.Column == column && meant.Contains(key.Table));
        // What a "with" gives on has no table of its own here.
        return (names.Count > 0 ? names : NamesWhere(key => key.Column == column), $"{alias}{(alias.Length > 0 ? "." : "")}{column}");
    }

    private HashSet<string> NamesWhere(Func<(string Table, string Column), bool> fits) =>
        [.. columns.Where(column => fits(column.Key)).SelectMany(column => column.Value)];

    private static List<(string Table, string Alias)> TablesOf(string sql) =>
    [
        .. TableNames().Matches(sql).Select(match => (match.Groups[1].Value, match.Groups[2].Success ? match.Groups[2].Value : match.Groups[1].Value)),
    ];

    [GeneratedRegex("'([A-Z][a-z]+(?:[A-Z][a-z]+)*)'")]
    private static partial Regex Quoted();

    // Ends before the quoted name: "b.state = ", "state in ('Held', ", "(state)::text = any (array['Held'::text, ", "case b.state when ".
    [GeneratedRegex(
        """
        (?:(\w+)\.)?(\w+)\)?(?:::text)?\s*
        (?:(?:=|<>|is\s+distinct\s+from|is\s+not\s+distinct\s+from|in|not\s+in)\s*(?:any\s*)?\(*(?:array\[)?\s*(?:'\w+'(?:::text)?\s*,\s*)*
        |(?<=case\s+(?:\w+\.)?\w+\s+)when\s+)$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase)]
    private static partial Regex Compared();

    [GeneratedRegex(@"\b(?:from|join|update|into|using|copy)\s+(\w+)(?:\s+(?:as\s+)?(?!(?:where|on|set|join|left|right|full|cross|inner|group|order|limit|for|using|values|select|union|returning|having)\b)(\w+))?", RegexOptions.IgnoreCase)]
    private static partial Regex TableNames();
}
