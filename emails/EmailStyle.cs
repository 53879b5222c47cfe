namespace TrainingHub.Emails;

/// <summary>
/// The inline styles of every email, once. Outlook draws with Word: only tables, a full <c>font</c> on each cell,
/// padding on cells, and a <c>bgcolor</c> beside each background are certain to work there.
/// </summary>
internal static class EmailStyle
{
    public const string Brand = "#1f4e5f";
    public const string Page = "#f3f5f6";
    public const string Ink = "#1a1f22";
    public const string Quiet = "#4b565c";
    public const string Line = "#c9d0d4";

    public const string Text = "font:400 17px/26px Arial,Helvetica,sans-serif;color:" + Ink + ";";
    public const string Small = "font:400 15px/22px Arial,Helvetica,sans-serif;color:" + Quiet + ";";
    public const string Link = "color:" + Brand + ";text-decoration:underline;overflow-wrap:anywhere;word-break:break-word;";
}
