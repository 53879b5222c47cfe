using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <param name="IsDone">It need not be looked at again.</param>
/// <param name="What">What is to be done.</param>
/// <param name="Why">What it is for, in few words.</param>
/// <param name="Url">Where it is done.</param>
internal sealed record FirstStep(bool IsDone, string What, string Why, string Url);

/// <summary>What a new site needs before somebody can book, in the order in which one leads to the next. It follows from what is there.</summary>
internal static class FirstSteps
{
    public static bool AreDone(IReadOnlyList<FirstStep> steps) => steps.All(step => step.IsDone);

    public static async Task<IReadOnlyList<FirstStep>> ReadAsync(NpgsqlDataSource database, EmailOptions email, IHostEnvironment environment, CancellationToken ct)
    {
        await using var query = database.CreateCommand(
            """
            select
                exists (select from settings where name = $1) or exists (select from history_entries where record_id = $2),
                exists (select from areas where archived_at is null),
                exists (select from sectors where archived_at is null),
                exists (select from fee_schedules),
                exists (select from venues where archived_at is null) or exists (select from course_runs where delivery = 'Online' and state <> 'Draft'),
                exists (select from providers where archived_at is null),
                exists (select from courses where not is_draft and archived_at is null),
                exists (select from course_runs where state <> 'Draft'),
                (select id from courses where is_draft and archived_at is null order by id limit 1),
                exists (select from settings where name = $3) or exists (select from history_entries where record_id = $4),
                exists (select from history_entries where record_id = $5),
                exists (select from history_entries where record_id = $6)
            """);
        query.Parameters.AddWithValue(SettingName.PartnershipName);
        query.Parameters.AddWithValue(SettingGroup.Partnership.Id);
        query.Parameters.AddWithValue(SettingName.UrgentContacts);
        query.Parameters.AddWithValue(SettingGroup.Urgent.Id);
        query.Parameters.AddWithValue(SiteText.PrivacyController.Group.Id);
        query.Parameters.AddWithValue(SettingGroup.Look.Id);
        await using var row = await query.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        Guid? draft = row.IsDBNull(8) ? null : row.GetGuid(8);
        return
        [
            new(row.GetBoolean(0), "Say who you are", "The partnership’s name and how to reach you: on every page and in every email", DeskUrls.PartnershipSettings),
            new(row.GetBoolean(9), "Say whom to call about a child", "In working hours and at any other time: in every survey and in each email about one", DeskUrls.UrgentSettings),
            new(row.GetBoolean(10), "Read your privacy notice", "It names who is responsible in law. Publish the words as they are or with yours; the other public words are beside them", DeskUrls.Text(SiteText.PrivacyController.Key)),
            new(row.GetBoolean(11), "Look at your colours and logo", "Save the page as it is if you want the usual ones", DeskUrls.LookSettings),
            new(row.GetBoolean(1), "Name your areas", "Everybody who books says where they work", DeskUrls.NameList(NameListWords.Areas)),
            new(row.GetBoolean(2), "Name your sectors", "Everybody who books says for what kind of agency they work", DeskUrls.NameList(NameListWords.Sectors)),
            new(row.GetBoolean(3), "Set the fees", "For a half day and a full day. A date without a fee cannot be booked", CatalogueUrls.StaffFees),
            new(row.GetBoolean(4), "Add a venue", "Where a course is held. Courses online need none", CatalogueUrls.NewVenue),
            new(row.GetBoolean(5), "Add a trainer", "Who holds it", CatalogueUrls.NewProvider),
            draft is { } course
                ? new(row.GetBoolean(6), "Publish the first course", "Visitors do not see a draft. It needs a summary, whom it is for and what people will be able to do", CatalogueUrls.StaffCourse(course))
                : new(row.GetBoolean(6), "Write the first course", "What it is, who it is for and what people will be able to do; then publish it", CatalogueUrls.NewCourse),
            new(row.GetBoolean(7), "Put on the first date", "From then on people can book it", "/staff/dates/new"),
            new(email.Smtp.Host.Length > 0 || environment.IsDemo(), "Connect the mail server", "Without it no email goes out. Whoever runs the server sets it; the page tries it", "/staff/mail"),
        ];
    }
}
