namespace TrainingHub.Platform.Files;

/// <summary>Addresses of the import pages, relative to the site's root.</summary>
internal static class ImportUrls
{
    public const string Import = "/staff/import";

    public static string Upload(Guid id) => $"{Import}/{id}";

    public static string Template(string kind) => $"{Import}/templates/{kind}.xlsx";
}
