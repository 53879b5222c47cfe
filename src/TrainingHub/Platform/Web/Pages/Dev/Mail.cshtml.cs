using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform.Email;

namespace TrainingHub.Platform.Web.Pages.Dev;

internal sealed class MailModel(MailFolder folder) : PageModel
{
    private const int PageSize = 50;

    public IReadOnlyList<Row> Emails { get; private set; } = [];

    public int PageNumber { get; private set; }

    public int Pages { get; private set; }

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken ct)
    {
        var names = folder.Names();
        Pages = Math.Max(1, (names.Count + PageSize - 1) / PageSize);
        PageNumber = Math.Clamp(number ?? 1, 1, Pages);
        var rows = new List<Row>();
        foreach (var name in names.Skip((PageNumber - 1) * PageSize).Take(PageSize))
        {
            if (await folder.ReadAsync(name, ct) is { } email)
            {
                rows.Add(new Row(name, email["Subject"], email["To"], MailMessageModel.Written(email)));
            }
        }

        Emails = rows;
    }

    internal sealed record Row(string Name, string Subject, string To, string Written);
}
