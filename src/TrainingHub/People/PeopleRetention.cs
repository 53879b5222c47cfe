using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>How long accounts of staff and the rights of training leads are kept.</summary>
internal static class PeopleRetention
{
    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        new("staff-accounts", "Accounts of staff: name, address and what they signed in with", "So that history says who did what", Period.Years(ForgetStaff.YearsAfterClosing), "after the account is closed")
        {
            Job = nameof(ForgetStaff),
            Rows = new(
                "staff_users",
                "closed_at < @before and email is not null",
                """
                update staff_users
                set name = 'Former member of staff', email = null, normalized_email = null, user_name = null, normalized_user_name = null,
                    password_hash = null, phone_number = null, last_signed_in_at = null
                """)
            {
                First =
                [
                    "delete from staff_claims where user_id in ({rows})",
                    "delete from staff_logins where user_id in ({rows})",
                    "delete from staff_tokens where user_id in ({rows})",
                    "delete from staff_work_accounts where staff_user_id in ({rows})",
                    "delete from staff_passkeys where user_id in ({rows})",
                ],
            },
        },
        Lead("lead-invitations", "Invitations to look after the training of an organisation", Period.Days(OrganisationLead.InvitedForDays), "after the invitation", isInvitation: true),
        Lead("leads", "Who looks after the training of an organisation", Period.Months(OrganisationLead.KeptMonths), "after they last signed in", isInvitation: false),
    ];

    private static RetentionRule Lead(string key, string what, Period kept, string after, bool isInvitation) =>
        new(key, what, "So that they see how its people are trained", kept, after)
        {
            Job = nameof(ForgetLeads),
            CountAsync = async (services, now, ct) => (await services.GetRequiredService<ForgetLeads>().DueAsync(now, ct)).Count(lead => lead.IsInvitation == isInvitation),
        };
}
