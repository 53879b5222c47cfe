using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace TrainingHub.Platform.Data;

/// <summary>
/// Names tables, columns, keys, foreign keys and indexes in snake_case, restricts deletes, and adds to each enum column, stored
/// as text, a CHECK that lists the names.
/// </summary>
internal sealed partial class SnakeCase : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.IsMappedToJson())
            {
                entity.SetContainerColumnName(Name(entity.GetContainerColumnName()!));
                continue;
            }

            if (entity.GetViewName() is { } view)
            {
                NameView(entity, Name(view));
            }

            // An entity may be read from a view and written to a table.
            if (entity.GetTableName() is not { } written)
            {
                continue;
            }

            var table = Name(written);
            entity.SetTableName(table);
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Name(property.GetColumnName()));
                CheckEnum(entity, property, table);
            }

            foreach (var key in entity.GetKeys())
            {
                key.SetName(key.IsPrimaryKey() ? $"pk_{table}" : Name(key.GetName()!));
            }

            foreach (var foreign in entity.GetForeignKeys())
            {
                foreign.SetDeleteBehavior(DeleteBehavior.Restrict);
                foreign.SetConstraintName($"fk_{table}_{string.Join('_', foreign.Properties.Select(p => Name(p.Name)))}");
            }

            foreach (var index in entity.GetIndexes())
            {
                var kind = index.IsUnique ? "ux" : "ix";
                index.SetDatabaseName(index.Name is { } name
                    ? Name(name)
                    : $"{kind}_{table}_{string.Join('_', index.Properties.Select(p => Name(p.Name)))}");
            }
        }
    }

    private static void NameView(IConventionEntityType entity, string view)
    {
        entity.SetViewName(view);
        foreach (var property in entity.GetProperties())
        {
            property.SetColumnName(Name(property.GetColumnName()));
        }
    }

    private static void CheckEnum(IConventionEntityType entity, IConventionProperty property, string table)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum)
        {
            var column = property.GetColumnName();
            var names = string.Join(", ", Enum.GetNames(type).Select(value => $"'{value}'"));
            entity.AddCheckConstraint($"ck_{table}_{column}", $"{column} in ({names})");
        }
    }

    public static string Name(string text) => Humps().Replace(text, "_").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex Humps();
}
