namespace Retort.Benchmarks.Http.Servers;

/// <summary>A row of the page; some of the texts have to be escaped.</summary>
internal sealed record Row(int Id, string Text)
{
    public static IReadOnlyList<Row> All { get; } =
    [.. Enumerable.Range(1, 13).Select(id => new Row(id, id % 3 == 0 ? $"<script>alert({id})</script> & co" : $"A computer scientist is someone who fixes things that are not broken, {id}"))];
}
