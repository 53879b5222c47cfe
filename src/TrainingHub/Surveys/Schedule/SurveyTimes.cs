using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>
/// When a survey is sent, reminded and closed. Three calendar months, not 90 days: a course on 30 November is asked about on
/// 28 February (29 in a leap year). All on working days, in London time: the invitation at 09:00, each reminder on a weekday and at an
/// hour of its own, since whoever has no time on a Monday morning has none on the next either.
/// </summary>
internal static class SurveyTimes
{
    public const int MonthsAfter = 3;
    public const int OpenDays = 42;
    public const int TooLateDays = 42;

    /// <summary>So long after the close what leads from an answer to a person is destroyed.</summary>
    public const int UnlinkDays = 30;

    /// <summary>A link of an email can say so long that the survey is closed.</summary>
    private const int LinkDays = 90;

    /// <summary>The delegate of a row of a file is known so long after the import.</summary>
    public const int ImportKnownDays = 90;

    /// <summary>How a course was is asked on the day after it, and answered within four weeks.</summary>
    public const int EvaluationOpenDays = 28;
    public const int EvaluationTooLateDays = 14;

    /// <summary>A manager has four weeks more than the delegate who asks them, counted from the delegate's invitation.</summary>
    public const int ManagerOpenDays = OpenDays + 28;

    /// <summary>What one person is asked within a week comes in one message.</summary>
    public const int TogetherDays = 7;

    /// <summary>Nobody gets an extra reminder so soon after another message about the same course.</summary>
    public const int ExtraReminderDays = 3;
    private const int FirstReminderDays = 10;
    private const int SecondReminderDays = 24;
    private const int DaysBetweenReminders = 7;
    private static readonly TimeOnly SendHour = new(9, 0);
    private static readonly TimeOnly FirstReminderHour = new(12, 30);
    private static readonly TimeOnly SecondReminderHour = new(16, 0);

    public static DateOnly DueOn(DateOnly attendedOn) => WorkingDays.OnOrAfter(attendedOn.AddMonths(MonthsAfter));

    public static DateTimeOffset SendAt(DateOnly date) => London.Instant(date, SendHour);

    /// <summary>Who is asked months late no longer knows; after that the survey counts as missed.</summary>
    public static bool IsTooLate(DateTimeOffset dueAt, DateTimeOffset now, SurveyMoment moment) => now > dueAt.AddDays(TooLateDaysOf(moment));

    /// <summary>What came by the code in the room until that day is over, as what was sent then is.</summary>
    public static DateOnly RoomOpenSince(DateTimeOffset now) => London.DateOf(now).AddDays(-EvaluationOpenDays - 1);

    public static int TooLateDaysOf(SurveyMoment moment) => moment is SurveyMoment.End or SurveyMoment.Event ? EvaluationTooLateDays : TooLateDays;

    /// <summary>The last day on which answers are taken.</summary>
    public static DateOnly ClosesOn(DateTimeOffset sentAt, SurveyMoment moment = SurveyMoment.ThreeMonths) =>
        London.DateOf(sentAt).AddDays(moment switch
        {
            SurveyMoment.End or SurveyMoment.Event => EvaluationOpenDays,
            SurveyMoment.Manager => ManagerOpenDays,
            SurveyMoment.Before or SurveyMoment.ThreeMonths or SurveyMoment.Module => OpenDays,
        });

    /// <summary>The end of <see cref="ClosesOn"/>.</summary>
    public static DateTimeOffset ClosesAt(DateTimeOffset sentAt, SurveyMoment moment = SurveyMoment.ThreeMonths) =>
        London.Instant(ClosesOn(sentAt, moment).AddDays(1), TimeOnly.MinValue);

    /// <summary>Until then a link is known, so that it can say that the survey is closed.</summary>
    public static DateTimeOffset LinkExpiresAt(DateTimeOffset closesAt) => closesAt.AddDays(LinkDays);

    /// <summary>Until then a second file finds the answer of a delegate; then that is destroyed.</summary>
    public static DateTimeOffset ImportKnownUntil(DateTimeOffset importedAt) => importedAt.AddDays(ImportKnownDays);

    public static DateTimeOffset FirstReminderAt(DateTimeOffset sentAt)
    {
        var sentOn = London.DateOf(sentAt);
        return London.Instant(OnAnotherWeekday(sentOn.AddDays(FirstReminderDays), sentOn), FirstReminderHour);
    }

    /// <returns>Null when the first one went out so late that a week later nothing is left to answer.</returns>
    public static DateTimeOffset? SecondReminderAt(DateTimeOffset sentAt, DateTimeOffset firstAt)
    {
        var (sentOn, firstOn) = (London.DateOf(sentAt), London.DateOf(firstAt));
        var (planned, earliest) = (sentOn.AddDays(SecondReminderDays), firstOn.AddDays(DaysBetweenReminders));
        var on = OnAnotherWeekday(planned > earliest ? planned : earliest, sentOn, firstOn);
        return on < ClosesOn(sentAt) ? London.Instant(on, SecondReminderHour) : null;
    }

    // A week has five working days and at most two are taken.
    private static DateOnly OnAnotherWeekday(DateOnly from, params DateOnly[] not)
    {
        var on = WorkingDays.OnOrAfter(from);
        while (not.Any(day => day.DayOfWeek == on.DayOfWeek))
        {
            on = WorkingDays.OnOrAfter(on.AddDays(1));
        }

        return on;
    }
}
