// The kinds of files that the app names, so that its use of them is checked on Linux.

public struct UTType: Sendable {
    public let identifier: String
    public static let image = UTType(identifier: "public.image")
    public static let movie = UTType(identifier: "public.movie")
    public static let audio = UTType(identifier: "public.audio")
    public static let jpeg = UTType(identifier: "public.jpeg")
    public static let pdf = UTType(identifier: "com.adobe.pdf")
    public static let data = UTType(identifier: "public.data")
}
