using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>One question of the journey: has this person done that course?</summary>
/// <param name="Index">Of the person in the order, from 0.</param>
/// <param name="Person"></param>
/// <param name="Prerequisite"></param>
internal sealed record PrerequisiteQuestion(int Index, PersonAnswer Person, Prerequisite Prerequisite)
{
    public PrerequisiteAnswer? Answer => Person.Before?.Find(one => one.CourseId == Prerequisite.CourseId);
}

/// <summary>
/// What an order asks about courses to take before. Each person is asked about a course once, however many of their dates ask for it, and not at
/// all where the order has it for them on an earlier date.
/// </summary>
internal static class PrerequisitesOfOrder
{
    public static IReadOnlyList<PrerequisiteQuestion> Questions(BookingAnswers answers, IReadOnlyList<DateLine> dates) =>
    [
        .. from index in Enumerable.Range(0, answers.People.Count)
           let person = answers.People[index]
           from asked in dates.Where(date => person.ComesTo(date.Id) && !IsInOrder(person, date, dates)).Select(date => date.Prerequisite).OfType<Prerequisite>().DistinctBy(one => one.CourseId)
           select new PrerequisiteQuestion(index, person, asked),
    ];

    /// <summary>Whether a question is not answered, or answered in a way that is refused.</summary>
    public static bool AreOpen(BookingAnswers answers, IReadOnlyList<DateLine> dates) =>
        Questions(answers, dates).Any(question => question.Answer is not { } answer || PrerequisiteAnswer.IsRefused(question.Prerequisite, answer));

    /// <returns>What the place of a person on a date keeps; null when nothing is asked there.</returns>
    public static PrerequisiteAnswer? AnswerOf(PersonAnswer person, DateLine date, IReadOnlyList<DateLine> dates) => date.Prerequisite is not { } asked ? null
        : IsInOrder(person, date, dates) ? new(asked.CourseId, PrerequisiteSaid.BookedBefore, null)
        : person.Before?.Find(one => one.CourseId == asked.CourseId);

    private static bool IsInOrder(PersonAnswer person, DateLine date, IReadOnlyList<DateLine> dates) =>
        dates.Any(other => other.CourseId == date.Prerequisite?.CourseId && other.EndsAt <= date.StartsAt && person.ComesTo(other.Id));
}
