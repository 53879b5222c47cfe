namespace TrainingHub.Emails;

/// <summary>What an order is called in one line: "Neglect", "Neglect and 1 more date".</summary>
public static class OrderTitle
{
    public static string Of(string firstCourse, int dates) => dates switch
    {
        <= 1 => firstCourse,
        2 => $"{firstCourse} and 1 more date",
        _ => $"{firstCourse} and {dates - 1} more dates",
    };

    public static string Of(CourseDate first, IReadOnlyList<OrderDate>? dates) => Of(first.Course, dates?.Count ?? 1);
}
