using TrainingHub.Platform.Web;

namespace TrainingHub.Platform;

/// <summary>The settings that the coordinator owns. All others are the operator's and stand in the configuration only.</summary>
internal static class SettingName
{
    public const string SiteName = "Site:Name";
    public const string PartnershipName = "Site:PartnershipName";
    public const string ContactEmail = "Site:ContactEmail";
    public const string ContactPhone = "Site:ContactPhone";
    public const string ContactHours = "Site:ContactHours";
    public const string PostalAddress = "Site:PostalAddress";
    public const string SafeguardingPhone = "Site:SafeguardingPhone";
    public const string SafeguardingPhoneOutOfHours = "Site:SafeguardingPhoneOutOfHours";
    public const string UrgentContacts = "Site:UrgentContacts";
    public const string SafeguardingLeadEmail = "Site:SafeguardingLeadEmail";
    public const string ConcernDeputyEmail = "Concerns:DeputyEmail";
    public const string ConcernOnCallEmail = "Concerns:OnCallEmail";
    public const string ConcernHours = "Concerns:AcknowledgeWithinHours";
    public const string ConcernDeputyHours = "Concerns:DeputyHours";
    public const string DataController = "Site:DataController";
    public const string DataProtectionEmail = "Site:DataProtectionEmail";
    public const string ContactsKeptMonths = "Site:ContactsKeptMonths";
    public const string ELearningName = "Site:ELearningName";
    public const string ELearningUrl = "Site:ELearningUrl";
    public const string AccessibilityReviewedOn = "Site:AccessibilityReviewedOn";
    public const string HomeHeading = "Site:HomeHeading";
    public const string HomeIntro = "Site:HomeIntro";
    public const string BrandColour = "Site:BrandColour";
    public const string ActionColour = "Site:ActionColour";
    public const string Logo = "Site:Logo";
    public const string Notice = "Site:Notice";
    public const string NoticeUntil = "Site:NoticeUntil";
    public const string BookingClosesHoursBefore = "Dates:BookingClosesHoursBefore";
    public const string TooFewDaysBefore = "Dates:TooFewDaysBefore";
    public const string RemindDaysBefore = "Reminders:DaysBefore";
    public const string RemindToChooseDaysBefore = "Reminders:SessionsDaysBefore";
    public const string InvoiceDueDays = "Invoices:DueDays";
    public const string InvoiceRemindDaysAfter = "Invoices:RemindDaysAfter";
    public const string HowToPay = "Invoices:HowToPay";
    public const string VatNumber = "Invoices:VatNumber";
    public const string IncomeCode = "Accounts:Income";
    public const string CostCentre = "Accounts:CostCentre";
    public const string DebtorsCode = "Accounts:Debtors";
    public const string BankCode = "Accounts:Bank";
    public const string CardClearingCode = "Accounts:CardClearing";
    public const string WriteOffsCode = "Accounts:WriteOffs";
    public const string DisputesCode = "Accounts:Disputes";
    public const string SageCustomer = "Accounts:SageCustomer";
    public const string AttendedPercent = "Attendance:AttendedPercent";
    public const string PartPercent = "Attendance:PartPercent";
    public const string CertificatesFor = "Certificates:For";
    public const string CertificateDaysAfter = "Certificates:DaysAfter";
    public const string CertificatesWait = "Certificates:WaitForEvaluation";
    public const string AskBefore = "Site:AskBefore";
    public const string AskManagers = "Surveys:AskManagers";
    public const string CertificateRemindDaysBefore = "Certificates:RemindDaysBefore";

    private static readonly HashSet<string> All = new(StringComparer.OrdinalIgnoreCase)
    {
        SiteName, PartnershipName, ContactEmail, ContactPhone, ContactHours, PostalAddress, SafeguardingPhone, SafeguardingPhoneOutOfHours,
        UrgentContacts, SafeguardingLeadEmail, ConcernDeputyEmail, ConcernOnCallEmail, ConcernHours, ConcernDeputyHours, DataController, DataProtectionEmail, ContactsKeptMonths, ELearningName, ELearningUrl, AccessibilityReviewedOn,
        HomeHeading, HomeIntro, BrandColour, ActionColour, Logo, Notice, NoticeUntil,
        BookingClosesHoursBefore, TooFewDaysBefore, RemindDaysBefore, RemindToChooseDaysBefore, InvoiceDueDays, InvoiceRemindDaysAfter, HowToPay, AttendedPercent, PartPercent,
        CertificatesFor, CertificateDaysAfter, CertificatesWait, AskBefore, AskManagers, CertificateRemindDaysBefore, VatNumber, IncomeCode, CostCentre, DebtorsCode, BankCode, CardClearingCode, WriteOffsCode, DisputesCode, SageCustomer,
    };

    public static bool IsOnScreen(string name) => All.Contains(name) || SiteText.All.Any(text => string.Equals(text.Setting, name, StringComparison.OrdinalIgnoreCase));
}
