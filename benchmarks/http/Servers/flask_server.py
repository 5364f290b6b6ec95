from flask import Flask, Response, render_template, session

app = Flask(__name__)
app.secret_key = "benchmark"

rows = [
    {"id": id, "text": f"<script>alert({id})</script> & co" if id % 3 == 0
     else f"A computer scientist is someone who fixes things that are not broken, {id}"}
    for id in range(1, 14)
]


@app.get("/plaintext")
def plaintext():
    return Response("Hello, World!", mimetype="text/plain")


@app.get("/json")
def json():
    return {"message": "Hello, World!"}


@app.get("/users/<name>/posts/<int:id>")
def post(name, id):
    return f"{name} wrote post {id}"


@app.get("/counter")
def counter():
    session["count"] = session.get("count", 0) + 1
    return str(session["count"])


@app.get("/page")
def page():
    return render_template("page.html", rows=rows)
