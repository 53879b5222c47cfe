using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Options;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>When booking closes, who is reminded, how invoices are paid, what a report of a meeting proposes, who gets a certificate.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class DeadlineSettingsModel(
    TrainingHubDb db, SaveSettings save, IOptions<DateOptions> dates, IOptions<ReminderOptions> reminders, IOptions<InvoiceOptions> invoices,
    IOptions<AttendanceOptions> attendance, IOptions<CertificateOptions> certificates, IOptions<SurveyOptions> surveys, IOptions<SiteOptions> site)
    : SettingsPage(db, save)
{
    public static IEnumerable<SelectListItem> NoItems { get; } = [];

    /// <summary>Filled with what is in force before it is read from the form.</summary>
    public DeadlineForm Form { get; } = new()
    {
        ClosesHoursBefore = dates.Value.BookingClosesHoursBefore,
        TooFewDaysBefore = dates.Value.TooFewDaysBefore,
        RemindDaysBefore = reminders.Value.DaysBefore,
        SessionsDaysBefore = reminders.Value.SessionsDaysBefore,
        InvoiceDueDays = invoices.Value.DueDays,
        InvoiceRemindDaysAfter = invoices.Value.RemindDaysAfter,
        HowToPay = invoices.Value.HowToPay,
        AttendedPercent = attendance.Value.AttendedPercent,
        PartPercent = attendance.Value.PartPercent,
        CertificatesFor = certificates.Value.For,
        CertificateDaysAfter = certificates.Value.DaysAfter,
        AskBefore = site.Value.AskBefore,
        AskManagers = surveys.Value.AskManagers,
        CertificatesWait = certificates.Value.WaitForEvaluation,
        CertificateRemindDaysBefore = certificates.Value.RemindDaysBefore,
    };

    protected override SettingGroup Group => SettingGroup.Deadlines;

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

    public async Task<IActionResult> OnPostAsync(int version, CancellationToken ct)
    {
        await ReadAsync(ct);
        await TryUpdateModelAsync(Form, nameof(Form));
        if (new ReminderOptions { DaysBefore = Form.RemindDaysBefore ?? "" }.Days is null)
        {
            ModelState.AddModelError("Form.RemindDaysBefore", "Enter days before the course, from 1 to 60, with a comma between them, such as 7, 1");
        }

        if (new InvoiceOptions { RemindDaysAfter = Form.InvoiceRemindDaysAfter ?? "" }.ReminderDays is null)
        {
            ModelState.AddModelError("Form.InvoiceRemindDaysAfter", "Enter days after the due date, from 1 to 365, with a comma between them, such as 7, 21, 35");
        }

        if (Form.PartPercent > Form.AttendedPercent)
        {
            ModelState.AddModelError("Form.PartPercent", "The share for part cannot be more than the share for attended");
        }

        return ModelState.IsValid ? await SaveAsync(version, Changes(), ct) : Page();
    }

    private IReadOnlyList<SettingChange> Changes() =>
    [
        new(SettingName.BookingClosesHoursBefore, "Hours before a new date at which booking closes", Number(dates.Value.BookingClosesHoursBefore), Number(Form.ClosesHoursBefore)),
        new(SettingName.TooFewDaysBefore, "Days before a date at which too few people are pointed out", Number(dates.Value.TooFewDaysBefore), Number(Form.TooFewDaysBefore)),
        new(SettingName.RemindDaysBefore, "Days before a course at which delegates are reminded", reminders.Value.DaysBefore, Form.RemindDaysBefore ?? ""),
        new(SettingName.RemindToChooseDaysBefore, "Days before the last day to choose sessions at which people are reminded", Number(reminders.Value.SessionsDaysBefore), Number(Form.SessionsDaysBefore)),
        new(SettingName.InvoiceDueDays, "Days in which an invoice is due", Number(invoices.Value.DueDays), Number(Form.InvoiceDueDays)),
        new(SettingName.InvoiceRemindDaysAfter, "Days after its date at which an invoice is reminded of", invoices.Value.RemindDaysAfter, Form.InvoiceRemindDaysAfter ?? ""),
        new(SettingName.HowToPay, "How an invoice is paid", invoices.Value.HowToPay, Form.HowToPay ?? ""),
        new(SettingName.AttendedPercent, "Share of an online course that counts as attended", Number(attendance.Value.AttendedPercent), Number(Form.AttendedPercent)),
        new(SettingName.PartPercent, "Share of an online course that counts as part", Number(attendance.Value.PartPercent), Number(Form.PartPercent)),
        new(SettingName.CertificatesFor, "Who gets a certificate by itself", certificates.Value.For.ToString(), (Form.CertificatesFor ?? certificates.Value.For).ToString()),
        new(SettingName.CertificateDaysAfter, "Days after a course at which certificates are sent", Number(certificates.Value.DaysAfter), Number(Form.CertificateDaysAfter)),
        new(SettingName.CertificatesWait, "Certificates wait until how the course was is answered", YesNo(certificates.Value.WaitForEvaluation), YesNo(Form.CertificatesWait)),
        new(SettingName.CertificateRemindDaysBefore, "Days before a certificate ends at which its holder is reminded", Number(certificates.Value.RemindDaysBefore), Number(Form.CertificateRemindDaysBefore)),
        new(SettingName.AskBefore, "Delegates are asked before their course", YesNo(site.Value.AskBefore), YesNo(Form.AskBefore)),
        new(SettingName.AskManagers, "Line managers are asked what they have seen", YesNo(surveys.Value.AskManagers), YesNo(Form.AskManagers)),
    ];

    private static string YesNo(bool? value) => value == true ? "true" : "false";

    private static string Number(int? number) => (number ?? 0).ToString(CultureInfo.InvariantCulture);
}

internal sealed class DeadlineForm
{
    private const string Whole = "Enter a whole number";
    private const string Percent = "Enter a whole number of percent from 1 to 100";

    [Display(Name = "Booking closes how many hours before the start?", Description = "0 is when the course starts. Each new date begins with it, and you can give a date its own. Dates that are there keep theirs.")]
    [Required(ErrorMessage = Whole), Range(0, CourseRun.MostHoursBefore, ErrorMessage = "Enter a whole number of hours from 0 to 2,160, which is 90 days")]
    public int? ClosesHoursBefore { get; set; }

    [Display(Name = "Point out too few people how many days before?", Description = "From then on Today names a date that has fewer people than its minimum.")]
    [Required(ErrorMessage = Whole), Range(1, 60, ErrorMessage = "Enter a whole number of days from 1 to 60")]
    public int? TooFewDaysBefore { get; set; }

    [Display(Name = "Remind delegates how many days before?", Description = "One or more numbers, such as 7, 1. Leave empty to remind nobody.")]
    [StringLength(60, ErrorMessage = "The days of the reminders must be {1} characters or fewer")]
    public string? RemindDaysBefore { get; set; }

    [Display(Name = "Remind people to choose sessions how many days before?", Description = "Before the last day to choose sessions of an event. Only who has not chosen gets the email, once. 0 reminds nobody.")]
    [Required(ErrorMessage = Whole), Range(0, ReminderOptions.MostDays, ErrorMessage = "Enter a whole number of days from 0 to 60")]
    public int? SessionsDaysBefore { get; set; }

    [Display(Name = "An invoice is due in how many days?", Description = "Invoices that are issued keep their day.")]
    [Required(ErrorMessage = Whole), Range(1, InvoiceOptions.MostDays, ErrorMessage = "Enter a whole number of days from 1 to 90")]
    public int? InvoiceDueDays { get; set; }

    [Display(Name = "Remind of an unpaid invoice how many days after its date?", Description = "One or more numbers, such as 7, 21, 35. Whoever pays gets an email. Leave empty to remind nobody.")]
    [StringLength(60, ErrorMessage = "The days of the reminders must be {1} characters or fewer")]
    public string? InvoiceRemindDaysAfter { get; set; }

    [Display(Name = "How is an invoice paid?", Description = "Stands on every invoice, also on earlier ones: bank details and the like. Without it the invoice names whom to ask.")]
    [StringLength(600, ErrorMessage = "How an invoice is paid must be {1} characters or fewer")]
    public string? HowToPay { get; set; }

    [Display(Name = "Propose “attended” from which share of an online course?", Description = "When a report of Teams, Zoom or Meet is read. You still accept each register yourself, and marks that are made stay.")]
    [Required(ErrorMessage = Whole), Range(1, 100, ErrorMessage = Percent)]
    public int? AttendedPercent { get; set; }

    [Display(Name = "Propose “part” from which share?", Description = "Below it nothing is proposed, and you are asked.")]
    [Required(ErrorMessage = Whole), Range(1, 100, ErrorMessage = Percent)]
    public int? PartPercent { get; set; }

    [Display(Name = "Who gets a certificate by itself?", Description = "By the register, once the course is over. Certificates that are there stay.")]
    [Required(ErrorMessage = "Choose who gets a certificate by itself"), EnumDataType(typeof(CertificatesFor), ErrorMessage = "Choose who gets a certificate by itself")]
    public CertificatesFor? CertificatesFor { get; set; }

    [Display(Name = "Send certificates how many days after a course?", Description = "So that the register is right by then. 0 sends them on the day itself.")]
    [Required(ErrorMessage = Whole), Range(0, CertificateOptions.MostDaysAfter, ErrorMessage = "Enter a whole number of days from 0 to 30")]
    public int? CertificateDaysAfter { get; set; }

    [Display(Name = "Does a certificate wait for answers about the course?", Description = "The evaluation asks on the day after the course. A certificate that waits goes out on the morning after its holder has answered. It comes without answers when the evaluation closes after four weeks, and to whoever wants no survey emails or cannot be asked. You can issue it by hand at any time. If you choose no, those that wait go out.")]
    [Required(ErrorMessage = "Choose whether certificates wait")]
    public bool? CertificatesWait { get; set; }

    [Display(Name = "Remind people how many days before their certificate ends?", Description = "A certificate ends when its course says after how many months it is taken again. 0 reminds nobody.")]
    [Required(ErrorMessage = Whole), Range(0, CertificateOptions.MostDaysBefore, ErrorMessage = "Enter a whole number of days from 0 to 365")]
    public int? CertificateRemindDaysBefore { get; set; }

    [Display(Name = "Are delegates asked before their course?", Description = "Their own page of the course leads to a few questions, and so do the emails that lead there. Nobody has to answer, and no email is sent for it. The questions are on the page of questions, and the figures in the report “Side by side”.")]
    [Required(ErrorMessage = "Choose whether delegates are asked before their course")]
    public bool? AskBefore { get; set; }

    [Display(Name = "Are line managers asked what they have seen?", Description = "Whoever has answered the survey after three months can get a link and pass it on to their manager, who answers a few questions without signing in. We write to no manager. Their questions are on the page of questions, and the figures in the report “Side by side”. If you choose no, nobody gets a link any more; links that were passed on work until they close.")]
    [Required(ErrorMessage = "Choose whether line managers are asked")]
    public bool? AskManagers { get; set; }
}
