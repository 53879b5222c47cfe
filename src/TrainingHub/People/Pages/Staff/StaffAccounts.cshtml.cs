using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;
using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.People.Pages.Staff;

/// <summary>Who can sign in, who is, and an account for somebody new. Administrators only.</summary>
[ForStaff(StaffRight.Accounts)]
internal sealed class StaffAccountsModel(TrainingHubDb db, AddStaff add, SessionClock sessions, IOptions<SingleSignOnOptions> signOn) : PageModel
{
    internal sealed record Row(
        Guid Id, string Name, string? Email, List<StaffRole> Roles, DateTimeOffset? ClosedAt, bool HasPassword, bool IsConnected, DateTimeOffset? LastSignedInAt, int Sessions)
    {
        public string Account => ClosedAt is { } closed
            ? $"Closed {London.Words(London.DateOf(closed))}"
            : $"{StaffUser.Words(Roles)}{(IsConnected ? ", by work account" : HasPassword ? "" : ", password not chosen yet")}";
    }

    [BindProperty]
    public StaffAccountForm Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    /// <summary>Whoever has a group that has a role gets an account by signing in.</summary>
    public bool HasWorkAccounts => signOn.Value.IsOn;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>"name" or "last", with a hyphen before it for the opposite order; else those open first.</summary>
    [FromQuery(Name = SortTagHelper.Parameter)]
    public string? Sort { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        return ListFile.IsWanted(Request) ? await ListFile.AnswerAsync(Request, "staff", FileOf(Rows), ct) : Page();
    }

    [StepUp]
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        this.CheckAddress("Form.Email", Form.Email);
        if (StaffUser.WhyNotRoles(Form.Roles, Form.Areas) is { } lacking)
        {
            ModelState.AddModelError(Form.Roles.Count == 0 ? "Form.Roles" : "Form.Areas", lacking);
        }

        if (ModelState.IsValid)
        {
            foreach (var error in await add.InviteAsync(Form.Email!, Form.Name!, Form.Roles, Form.Areas, User.Actor(), ct))
            {
                ModelState.AddModelError("Form.Email", error);
            }
        }

        if (!ModelState.IsValid)
        {
            await ReadAsync(ct);
            return Page();
        }

        TempData["Success"] = $"The account is open. {Form.Email} is sent a link to choose a password.";
        return Redirect("~/staff/staff");
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        Areas = await StaffRoleForm.AreasAsync(db, ct);
        var now = sessions.GetUtcNow();
        var connected = signOn.Value.Connected(db);
        var rows = await db.Users.AsNoTracking()
            .OrderBy(user => user.ClosedAt != null).ThenBy(user => user.Name).ThenBy(user => user.Id)
            .Select(user => new Row(
                user.Id, user.Name, user.Email, user.Roles, user.ClosedAt, user.PasswordHash != null && user.OneTimePasswordUntil == null, connected.Any(account => account.StaffUserId == user.Id), user.LastSignedInAt,
                db.StaffSessions.Count(session => session.StaffUserId == user.Id && session.ExpiresAt > now)))
            .ToListAsync(ct);
        Rows = Sort switch
        {
            "name" => [.. rows.OrderBy(row => row.Name, StringComparer.InvariantCultureIgnoreCase)],
            "-name" => [.. rows.OrderByDescending(row => row.Name, StringComparer.InvariantCultureIgnoreCase)],
            "last" => [.. rows.OrderBy(row => row.LastSignedInAt)],
            "-last" => [.. rows.OrderByDescending(row => row.LastSignedInAt)],
            _ => rows,
        };
    }

    private static TextTable FileOf(IEnumerable<Row> rows) => new(
        ["name", "email", "for", "last_signed_in", "browsers_signed_in"],
        [.. rows.Select(row => new[]
        {
            row.Name, row.Email ?? "", row.Account, row.LastSignedInAt is { } last ? London.At(last).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "",
            row.Sessions.ToString(CultureInfo.InvariantCulture),
        })]);
}

internal sealed class StaffAccountForm : StaffRoleForm
{
    [Display(Name = "Name"), Required(ErrorMessage = "Enter the name"), StringLength(StaffUser.NameLength), PlainName]
    public string? Name { get; set; }

    [Display(Name = "Work email address", Description = "They are sent a link to choose a password.")]
    [Required(ErrorMessage = "Enter the email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }
}
