namespace TrainingHub.Platform.Data;

internal static class AnyOrder
{
    /// <summary>
    /// So many of them at most, whichever the server comes to first, so that it may stop there. EF wants an order with every limit and is
    /// told one in which all are equal; the server leaves it out.
    /// </summary>
    public static IQueryable<T> Some<T>(this IQueryable<T> rows, int most) => rows.OrderBy(_ => 1).Take(most);
}
