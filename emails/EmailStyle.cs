namespace TrainingHub.Emails;

/// <summary>
/// The inline styles of every email, once. Outlook draws with Word: only tables, a full <c>font</c> on each cell,
/// padding on cells, and a <c>bgcolor</c> beside each background are certain to work there.
/// </summary>
internal static class EmailStyle
{
    public const string Band = "#3b1640";
    public const string Action = "#0b5a60";
    public const string Page = "#f8f4ee";
    public const string Ink = "#1a1f22";
    public const string Quiet = "#4b565c";
    public const string Line = "#c9d0d4";

    public const string Text = "font:400 17px/26px Arial,Helvetica,sans-serif;color:" + Ink + ";";
    public const string Small = "font:400 15px/22px Arial,Helvetica,sans-serif;color:" + Quiet + ";";

    public static string Link(EmailBrand brand) => $"color:{brand.Action};text-decoration:underline;overflow-wrap:anywhere;word-break:break-word;";
}
